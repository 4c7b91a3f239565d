"""Given names alone, as subject, in notes and after titles: languages of South Asia."""

from __future__ import annotations

from .reading import one_a_line

LINES = {
    "hi": r"""
{{person:given}} ने {{city}} में नया घर लिया।
{{person:given}} कल {{city}} से लौट आए।
{{person:given}} को {{city}} के सरकारी अस्पताल में भर्ती किया गया।
{{person:given}} और {{person:given}} ने {{city}} विश्वविद्यालय में पढ़ाई की।
कल {{person:given}} ने ज़िला कार्यालय में फ़ॉर्म जमा किया।
{{person:given}} के बेटे का स्कूल {{city}} में है।
मरीज़ {{person:given}} को बुखार है।
श्री {{person:given}} और श्रीमती {{person:given}} आज छुट्टी पर हैं।
{{person:given}} जी, आपका पार्सल {{order}} आ गया है।
डॉ. {{person:family}} ने {{person:given}} की जाँच की।
ग्राहक {{person:given}} से बात हुई, बैंक शाखा {{city}}।
"{{person:given}}" नाम ग़लत लिखा गया है।
रोगी: {{person:given}}; शहर: {{city}}; अस्पताल: जिला चिकित्सालय
""",
    "mr": r"""
{{person:given}} यांनी {{city}} येथे घर घेतले.
{{person:given}} काल {{city}} वरून परत आले.
{{person:given}} यांना {{city}} येथील रुग्णालयात दाखल केले.
{{person:given}} आणि {{person:given}} एकाच शाळेत शिकवतात.
{{person:given}} ने तहसील कार्यालयात अर्ज दिला.
रुग्ण {{person:given}} यांना ताप आहे.
श्री. {{person:given}} व श्रीमती {{person:given}} बैठकीला होते.
{{person:given}} ताई, तुमचा फोन आला होता.
डॉ. {{person:family}} यांनी {{person:given}} ला तपासले.
ग्राहक {{person:given}} यांची तक्रार {{order}} नोंदवली.
""",
    "ne": r"""
{{person:given}} {{city}} जानुभयो।
{{person:given}}ले {{city}} मा घर किन्नुभयो।
{{person:given}}लाई {{city}} को अस्पतालमा भर्ना गरियो।
{{person:given}} र {{person:given}} एउटै विद्यालयमा पढाउँछन्।
हिजो {{person:given}}ले जिल्ला प्रशासन कार्यालयमा निवेदन दिए।
बिरामी {{person:given}} लाई ज्वरो आएको छ।
श्री {{person:given}} र श्रीमती {{person:given}} आज आउनुहुन्न।
{{person:given}} जी, तपाईंको अर्डर {{order}} तयार छ।
डा. {{person:family}} ले {{person:given}} लाई जाँच्नुभयो।
ग्राहक {{person:given}}, शाखा {{city}}
""",
    "bn": r"""
{{person:given}} গতকাল {{city}} গেছে।
{{person:given}} {{city}} শহরে থাকে।
{{person:given}} ঢাকা মেডিকেল কলেজ হাসপাতালে ভর্তি হয়েছে।
{{person:given}} ও {{person:given}} একই স্কুলে পড়ে।
{{person:given}} জেলা কার্যালয়ে আবেদন জমা দিয়েছে।
রোগী {{person:given}} এর জ্বর আছে।
জনাব {{person:given}} এবং বেগম {{person:given}} উপস্থিত ছিলেন।
{{person:given}} ভাই, আপনার অর্ডার {{order}} এসেছে।
ডা. {{person:family}} রোগী {{person:given}} কে দেখেছেন।
গ্রাহক {{person:given}} ব্যাংকের {{city}} শাখায় এসেছিলেন।
""",
    "as": r"""
{{person:given}} কালি {{city}} লৈ গ'ল।
{{person:given}} {{city}} চহৰত থাকে।
{{person:given}} জিলা চিকিৎসালয়ত ভৰ্তি হৈছে।
{{person:given}} আৰু {{person:given}} একেখন বিদ্যালয়তে পঢ়ে।
ৰোগী {{person:given}} ৰ জ্বৰ হৈছে।
শ্ৰী {{person:given}} আৰু শ্ৰীমতী {{person:given}} আহিছিল।
ডাঃ {{person:family}} এ {{person:given}} ক চাইছে।
গ্ৰাহক {{person:given}}, শাখা {{city}}
""",
    "gu": r"""
{{person:given}} ગઈ કાલે {{city}} ગયા હતા.
{{person:given}}એ {{city}}માં ઘર લીધું.
{{person:given}}ને {{city}}ની હોસ્પિટલમાં દાખલ કર્યા.
{{person:given}} અને {{person:given}} એક જ શાળામાં ભણાવે છે.
{{person:given}}એ જિલ્લા કચેરીમાં અરજી આપી.
દર્દી {{person:given}}ને તાવ છે.
શ્રી {{person:given}} અને શ્રીમતી {{person:given}} હાજર હતા.
{{person:given}}ભાઈ, તમારો ઓર્ડર {{order}} આવી ગયો.
{{person:given}} બહેન ફોન કરશે.
ડૉ. {{person:family}}એ {{person:given}}ને તપાસ્યા.
ગ્રાહક {{person:given}}, બેંક શાખા {{city}}
""",
    "pa": r"""
{{person:given}} ਨੇ {{city}} ਵਿੱਚ ਘਰ ਲਿਆ।
{{person:given}} ਕੱਲ੍ਹ {{city}} ਗਏ ਸਨ।
{{person:given}} ਨੂੰ ਸਿਵਲ ਹਸਪਤਾਲ {{city}} ਵਿੱਚ ਦਾਖ਼ਲ ਕੀਤਾ ਗਿਆ।
{{person:given}} ਅਤੇ {{person:given}} ਇੱਕੋ ਸਕੂਲ ਵਿੱਚ ਪੜ੍ਹਾਉਂਦੇ ਹਨ।
{{person:given}} ਨੇ ਤਹਿਸੀਲ ਦਫ਼ਤਰ ਵਿੱਚ ਅਰਜ਼ੀ ਦਿੱਤੀ।
ਮਰੀਜ਼ {{person:given}} ਨੂੰ ਬੁਖ਼ਾਰ ਹੈ।
ਸ੍ਰੀ {{person:given}} ਅਤੇ ਸ੍ਰੀਮਤੀ {{person:given}} ਆਏ ਸਨ।
{{person:given}} ਜੀ, ਤੁਹਾਡਾ ਆਰਡਰ {{order}} ਆ ਗਿਆ ਹੈ।
ਡਾ. {{person:family}} ਨੇ {{person:given}} ਦੀ ਜਾਂਚ ਕੀਤੀ।
ਗਾਹਕ {{person:given}}, ਬੈਂਕ ਸ਼ਾਖਾ {{city}}
""",
    "or": r"""
{{person:given}} କାଲି {{city}} ଗଲେ।
{{person:given}} {{city}} ସହରରେ ରୁହନ୍ତି।
{{person:given}} ଙ୍କୁ ଜିଲ୍ଲା ଡାକ୍ତରଖାନାରେ ଭର୍ତ୍ତି କରାଗଲା।
{{person:given}} ଓ {{person:given}} ଗୋଟିଏ ବିଦ୍ୟାଳୟରେ ପଢ଼ାନ୍ତି।
{{person:given}} ତହସିଲ କାର୍ଯ୍ୟାଳୟରେ ଆବେଦନ କଲେ।
ରୋଗୀ {{person:given}} ଙ୍କୁ ଜ୍ୱର ହୋଇଛି।
ଶ୍ରୀ {{person:given}} ଓ ଶ୍ରୀମତୀ {{person:given}} ଆସିଥିଲେ।
ଡା. {{person:family}} ରୋଗୀ {{person:given}} ଙ୍କୁ ଦେଖିଲେ।
ଗ୍ରାହକ {{person:given}}, ବ୍ୟାଙ୍କ ଶାଖା {{city}}
""",
    "te": r"""
{{person:given}} నిన్న {{city}} వెళ్ళారు.
{{person:given}} {{city}} నగరంలో ఉంటున్నారు.
{{person:given}} ను {{city}} ప్రభుత్వ ఆసుపత్రిలో చేర్చారు.
{{person:given}} మరియు {{person:given}} ఒకే పాఠశాలలో పనిచేస్తున్నారు.
{{person:given}} మండల కార్యాలయంలో దరఖాస్తు ఇచ్చారు.
రోగి {{person:given}} కు జ్వరం ఉంది.
శ్రీ {{person:given}} మరియు శ్రీమతి {{person:given}} వచ్చారు.
{{person:given}} గారు, మీ ఆర్డర్ {{order}} సిద్ధంగా ఉంది.
డా. {{person:family}} గారు {{person:given}} ను పరీక్షించారు.
ఖాతాదారు {{person:given}}, బ్యాంకు శాఖ {{city}}
""",
    "ta": r"""
{{person:given}} நேற்று {{city}} சென்றார்.
{{person:given}} {{city}} நகரில் வசிக்கிறார்.
{{person:given}} அரசு மருத்துவமனையில் அனுமதிக்கப்பட்டார்.
{{person:given}} மற்றும் {{person:given}} ஒரே பள்ளியில் படிக்கிறார்கள்.
{{person:given}} வட்டாட்சியர் அலுவலகத்தில் மனு கொடுத்தார்.
நோயாளி {{person:given}} என்பவருக்கு காய்ச்சல் உள்ளது.
திரு. {{person:given}} மற்றும் திருமதி {{person:given}} வந்திருந்தனர்.
{{person:given}} அவர்களே, உங்கள் ஆர்டர் {{order}} வந்துவிட்டது.
டாக்டர் {{person:family}} நோயாளி {{person:given}} என்பவரை பரிசோதித்தார்.
வாடிக்கையாளர் {{person:given}}, வங்கி கிளை {{city}}
""",
    "kn": r"""
{{person:given}} ನಿನ್ನೆ {{city}} ಗೆ ಹೋದರು.
{{person:given}} {{city}} ನಗರದಲ್ಲಿ ವಾಸಿಸುತ್ತಾರೆ.
{{person:given}} ಅವರನ್ನು ಜಿಲ್ಲಾ ಆಸ್ಪತ್ರೆಗೆ ದಾಖಲಿಸಲಾಯಿತು.
{{person:given}} ಮತ್ತು {{person:given}} ಒಂದೇ ಶಾಲೆಯಲ್ಲಿ ಕೆಲಸ ಮಾಡುತ್ತಾರೆ.
{{person:given}} ತಾಲ್ಲೂಕು ಕಚೇರಿಯಲ್ಲಿ ಅರ್ಜಿ ಸಲ್ಲಿಸಿದರು.
ರೋಗಿ {{person:given}} ಅವರಿಗೆ ಜ್ವರ ಇದೆ.
ಶ್ರೀ {{person:given}} ಮತ್ತು ಶ್ರೀಮತಿ {{person:given}} ಬಂದಿದ್ದರು.
{{person:given}} ಅವರೇ, ನಿಮ್ಮ ಆರ್ಡರ್ {{order}} ಬಂದಿದೆ.
ಡಾ. {{person:family}} ಅವರು {{person:given}} ಅವರನ್ನು ಪರೀಕ್ಷಿಸಿದರು.
ಗ್ರಾಹಕ {{person:given}}, ಬ್ಯಾಂಕ್ ಶಾಖೆ {{city}}
""",
    "ml": r"""
{{person:given}} ഇന്നലെ {{city}} നഗരത്തിലേക്ക് പോയി.
{{person:given}} {{city}} നഗരത്തിൽ താമസിക്കുന്നു.
{{person:given}} ജില്ലാ ആശുപത്രിയിൽ ചികിത്സയിലാണ്.
{{person:given}}, {{person:given}} എന്നിവർ ഒരേ സ്കൂളിൽ പഠിപ്പിക്കുന്നു.
{{person:given}} താലൂക്ക് ഓഫീസിൽ അപേക്ഷ നൽകി.
രോഗി {{person:given}} എന്നയാൾക്ക് പനിയുണ്ട്.
ശ്രീ {{person:given}}, ശ്രീമതി {{person:given}} എന്നിവർ വന്നിരുന്നു.
{{person:given}} ചേട്ടാ, ഓർഡർ {{order}} എത്തി.
ഡോ. {{person:family}} രോഗിയായ {{person:given}} എന്നയാളെ പരിശോധിച്ചു.
ഉപഭോക്താവ് {{person:given}}, ബാങ്ക് ശാഖ {{city}}
""",
    "si": r"""
{{person:given}} ඊයේ {{city}} ගියා.
{{person:given}} {{city}} නගරයේ පදිංචියි.
{{person:given}} මහ රෝහලට ඇතුළත් කළා.
{{person:given}} සහ {{person:given}} එකම පාසලේ උගන්වනවා.
{{person:given}} ප්‍රාදේශීය ලේකම් කාර්යාලයට ලිපියක් දුන්නා.
රෝගියා {{person:given}} හට උණ තිබේ.
{{person:given}} මහතා සහ {{person:given}} මහත්මිය පැමිණියා.
වෛද්‍ය {{person:family}} රෝගී {{person:given}} පරීක්ෂා කළා.
පාරිභෝගික {{person:given}}, බැංකු ශාඛාව {{city}}
""",
    "ur": r"""
{{person:given}} نے {{city}} میں گھر لیا۔
{{person:given}} کل {{city}} سے واپس آئے۔
{{person:given}} کو سول ہسپتال {{city}} میں داخل کیا گیا۔
{{person:given}} اور {{person:given}} ایک ہی اسکول میں پڑھاتے ہیں۔
{{person:given}} نے ضلعی دفتر میں درخواست دی۔
مریض {{person:given}} کو بخار ہے۔
جناب {{person:given}} اور محترمہ {{person:given}} تشریف لائے۔
{{person:given}} صاحب، آپ کا آرڈر {{order}} آ گیا ہے۔
ڈاکٹر {{person:family}} نے {{person:given}} کا معائنہ کیا۔
صارف {{person:given}}، بینک کی شاخ {{city}}
""",
}
TEMPLATES = [t for code, text in LINES.items() for t in one_a_line("native", code, text)]
