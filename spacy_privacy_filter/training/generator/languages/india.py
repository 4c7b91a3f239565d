# ruff: noqa: E501  (one list a line)
"""Languages of India, Pakistan and Bangladesh, and Hindi in Latin letters."""

from __future__ import annotations

TEXT = """
code hi
ids आधार=aadhaar; आधार संख्या=aadhaar; आभा=abha; ABHA आईडी=abha; पैन=pan; पैन कार्ड=pan; मतदाता पहचान पत्र=voter; UHID=hospital
words मरीज़; ग्राहक; नाम; जन्म तिथि; फ़ोन; मोबाइल; पता; पिन कोड; ईमेल; भेंट; अगली जाँच; {} वर्ष; केस नंबर; खाता संख्या; मान्य; पासवर्ड; वेबसाइट
plain आज बारिश होगी इसलिए छाता ले जाना | यह दवा दिन में {{n}} बार खाने के बाद लें | रेलगाड़ी {{n}} मिनट देर से आएगी | बच्चों के लिए सबसे अच्छी किताब कौन सी है? | दूध, चावल और आटा खत्म हो गया है | रक्तचाप सामान्य है और बुखार नहीं है
frames {{person:full}} ने {{date}} को फ़ोन किया और नया पता {{address}} बताया। | रोगी {{person:full}} की आयु {{n}} वर्ष, आधार {{account:aadhaar}} सत्यापित। | कृपया {{person:given}} जी से {{phone}} पर बात करें।

code hi-Latn
ids Aadhaar=aadhaar; aadhar no=aadhaar; ABHA ID=abha; PAN=pan; pan card=pan; voter id=voter; GSTIN=gstin; UHID=hospital
words mareez; grahak; naam; janm tithi; phone; mobile number; pata; pin code; email; visit; agli visit; umar {} saal; file number; khata number; sahi hai; password; website
given Aarav Priya Rahul Ananya Vikram Sneha Arjun Kavya Rohan Divya Sanjay Lakshmi Amit Neha Suresh Pooja Deepak Ritu Manoj Sunita Imran Shabana Harpreet Jaspreet Gaurav Swati
family Sharma Verma Gupta Yadav Singh Mishra Tiwari Pandey Chauhan Rathore Khan Ansari Qureshi Gill Sandhu Joshi Negi Bisht Thakur Saxena Srivastava Dubey Jha Rawat
place India | MG Road, Nehru Marg, Station Road, Gandhi Nagar, Sector 14, Civil Lines | Lucknow, Kanpur, Patna, Jaipur, Indore, Noida | 2260##, 3020##, 2013## | {no}, {street}, {city} {post} ; H.No. {no}, {street}, {city} - {post} ; {no} {street}, {city}
phone 9#########; +91 9#### #####; 98### #####; +91-8#########
plain aaj mausam bahut accha hai chalo ghumne chalte hain | yaar ye movie bilkul bakwas thi | dawai din mein {{n}} baar khana khane ke baad leni hai | mera order abhi tak nahi aaya, {{n}} din ho gaye | kal office ki chhutti hai kya? | bhai ye phone {{price}} mein mil raha hai kya lena chahiye
frames {{person:given}} ka phone {{phone}} hai, usko bol dena kal aana hai | maine {{person:full}} ko {{price}} transfer kiya account {{account:bank}} mein | mera aadhaar {{account:aadhaar}} aur pan {{account:pan}} hai, KYC kar do | {{person:given}} bhaiya, parcel {{address}} pe bhej dena please | patient {{person:full}} ko {{date}} se bukhar hai, ABHA {{account:abha}}

code bn
ids এনআইডি=nid_bd; জাতীয় পরিচয়পত্র=nid_bd; আধার=aadhaar; প্যান=pan; জন্ম নিবন্ধন=digits13
words রোগী; গ্রাহক; নাম; জন্ম তারিখ; ফোন; মোবাইল; ঠিকানা; পোস্ট কোড; ইমেইল; সাক্ষাৎ; পরবর্তী সাক্ষাৎ; বয়স {} বছর; নথি নম্বর; হিসাব নম্বর; বৈধ; পাসওয়ার্ড; ওয়েবসাইট
place বাংলাদেশ | মিরপুর রোড, স্টেশন রোড, কলেজ রোড, লেক সার্কাস | ঢাকা, চট্টগ্রাম, কলকাতা, সিলেট | 12##, 40##, 7000## | {no} {street}, {city} {post} ; বাড়ি {no}, {street}, {city}-{post}
phone 017########; +880 1### ######; 018##-######; +91 9#### #####
months জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
plain আজ সকাল থেকে বৃষ্টি হচ্ছে | ওষুধটি দিনে {{n}} বার খাবেন | বাজারে চালের দাম বেড়েছে | পরীক্ষার ফল আগামী সপ্তাহে প্রকাশ হবে | রোগীর রক্তচাপ স্বাভাবিক, জ্বর নেই
frames {{person:full}} {{date}} তারিখে হাসপাতালে এসেছিলেন। | {{person:full}} এর মোবাইল {{phone}} এবং এনআইডি {{account:nid_bd}}।

code mr
ids आधार क्रमांक=aadhaar; पॅन=pan; आभा क्रमांक=abha
words रुग्ण; ग्राहक; नाव; जन्मतारीख; दूरध्वनी; मोबाईल; पत्ता; पिनकोड; ईमेल; भेट; पुढील भेट; वय {} वर्षे; नोंद क्रमांक; खाते क्रमांक; वैध; पासवर्ड; संकेतस्थळ
place भारत | लक्ष्मी रोड, टिळक मार्ग, शिवाजी नगर, कर्वे रोड | पुणे, मुंबई, नागपूर, नाशिक | 4110##, 4000## | {no}, {street}, {city} {post} ; घर क्र. {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
months जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर
plain आज खूप ऊन आहे | औषध दिवसातून {{n}} वेळा घ्यावे | शाळा उद्या बंद राहील | भाजी आणि दूध आणायचे आहे
frames {{person:full}} यांनी {{date}} रोजी अर्ज केला, आधार {{account:aadhaar}}. | {{person:given}} ला {{phone}} वर फोन करा.

code gu
ids આધાર=aadhaar; આધાર નંબર=aadhaar; પાન કાર્ડ=pan; આભા=abha
words દર્દી; ગ્રાહક; નામ; જન્મ તારીખ; ફોન; મોબાઇલ; સરનામું; પિન કોડ; ઇમેઇલ; મુલાકાત; આગામી મુલાકાત; ઉંમર {} વર્ષ; કેસ નંબર; ખાતા નંબર; માન્ય; પાસવર્ડ; વેબસાઇટ
place ભારત | સી જી રોડ, આશ્રમ રોડ, સ્ટેશન રોડ, ગાંધી માર્ગ | અમદાવાદ, સુરત, વડોદરા, રાજકોટ | 3800##, 3950## | {no}, {street}, {city} {post} ; મકાન નં. {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
months જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર
plain આજે વરસાદ પડશે | દવા દિવસમાં {{n}} વાર લેવી | દુકાન રવિવારે બંધ રહે છે | બ્લડ પ્રેશર સામાન્ય છે
frames {{person:full}} {{date}} ના રોજ આવ્યા હતા. | {{person:given}}ને {{phone}} પર ફોન કરો.

code pa
ids ਆਧਾਰ=aadhaar; ਪੈਨ=pan; ਆਭਾ=abha
words ਮਰੀਜ਼; ਗਾਹਕ; ਨਾਮ; ਜਨਮ ਮਿਤੀ; ਫ਼ੋਨ; ਮੋਬਾਈਲ; ਪਤਾ; ਪਿੰਨ ਕੋਡ; ਈਮੇਲ; ਮੁਲਾਕਾਤ; ਅਗਲੀ ਮੁਲਾਕਾਤ; ਉਮਰ {} ਸਾਲ; ਕੇਸ ਨੰਬਰ; ਖਾਤਾ ਨੰਬਰ; ਸਹੀ; ਪਾਸਵਰਡ; ਵੈੱਬਸਾਈਟ
given ਗੁਰਪ੍ਰੀਤ ਹਰਜੀਤ ਮਨਪ੍ਰੀਤ ਜਸਵਿੰਦਰ ਸੁਖਦੀਪ ਬਲਜੀਤ ਰਾਜਵੀਰ ਅਮਨਦੀਪ ਕੁਲਵੰਤ ਸਿਮਰਨ ਨਵਜੋਤ ਪਰਮਜੀਤ
family ਸਿੰਘ ਕੌਰ ਗਿੱਲ ਸੰਧੂ ਢਿੱਲੋਂ ਬਰਾੜ ਸ਼ਰਮਾ ਧਾਲੀਵਾਲ ਬਾਜਵਾ
place ਭਾਰਤ | ਮਾਲ ਰੋਡ, ਜੀ ਟੀ ਰੋਡ, ਸਟੇਸ਼ਨ ਰੋਡ | ਅੰਮ੍ਰਿਤਸਰ, ਲੁਧਿਆਣਾ, ਜਲੰਧਰ, ਪਟਿਆਲਾ | 1430##, 1410## | {no}, {street}, {city} {post} ; ਮਕਾਨ ਨੰ. {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
plain ਅੱਜ ਮੌਸਮ ਬਹੁਤ ਵਧੀਆ ਹੈ | ਦਵਾਈ ਦਿਨ ਵਿੱਚ {{n}} ਵਾਰ ਲਓ | ਬੱਸ ਦੇਰ ਨਾਲ ਆਵੇਗੀ
frames {{person:full}} ਨੇ {{date}} ਨੂੰ ਫ਼ੋਨ ਕੀਤਾ। | {{person:given}} ਦਾ ਨੰਬਰ {{phone}} ਹੈ।

code or
ids ଆଧାର=aadhaar; ପାନ=pan; ଆଭା=abha
words ରୋଗୀ; ଗ୍ରାହକ; ନାମ; ଜନ୍ମ ତାରିଖ; ଫୋନ; ମୋବାଇଲ; ଠିକଣା; ପିନ କୋଡ; ଇମେଲ; ସାକ୍ଷାତ; ପରବର୍ତ୍ତୀ ସାକ୍ଷାତ; ବୟସ {} ବର୍ଷ; ରେକର୍ଡ ନମ୍ବର; ଖାତା ନମ୍ବର; ବୈଧ; ପାସୱାର୍ଡ; ୱେବସାଇଟ
place ଭାରତ | ଷ୍ଟେସନ ରୋଡ, ଜନପଥ, କଲେଜ ଛକ | ଭୁବନେଶ୍ୱର, କଟକ, ପୁରୀ | 7510##, 7530## | {no}, {street}, {city} {post} ; {street} {no}, {city} - {post}
phone 94########; +91 9#### #####
plain ଆଜି ବର୍ଷା ହେବ | ଔଷଧ ଦିନକୁ {{n}} ଥର ଖାଆନ୍ତୁ | ବଜାର ରବିବାର ବନ୍ଦ ରହେ
frames {{person:full}} {{date}} ରେ ଆସିଥିଲେ। | {{person:full}} ଙ୍କ ମୋବାଇଲ {{phone}}।

code te
ids ఆధార్=aadhaar; ఆధార్ సంఖ్య=aadhaar; పాన్=pan; అభా=abha
words రోగి; ఖాతాదారు; పేరు; పుట్టిన తేదీ; ఫోన్; మొబైల్; చిరునామా; పిన్ కోడ్; ఈమెయిల్; సందర్శన; తదుపరి సందర్శన; వయస్సు {} సంవత్సరాలు; రికార్డు సంఖ్య; ఖాతా సంఖ్య; చెల్లుతుంది; పాస్‌వర్డ్; వెబ్‌సైట్
given రాజేష్ లక్ష్మి సురేష్ అనిత వెంకట్ పద్మ రవి సుజాత కిరణ్ స్వాతి మహేష్ దీపిక శ్రీనివాస్
family రెడ్డి నాయుడు శర్మ రావు చౌదరి వర్మ గుప్త యాదవ్ ప్రసాద్
place భారత్ | గాంధీ రోడ్డు, స్టేషన్ రోడ్డు, అశోక్ నగర్ | హైదరాబాద్, విజయవాడ, విశాఖపట్నం, తిరుపతి | 5000##, 5200## | {no}, {street}, {city} {post} ; ఇంటి నం. {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
months జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్
plain ఈ రోజు వాతావరణం బాగుంది | మందు రోజుకు {{n}} సార్లు వేసుకోవాలి | రైలు ఆలస్యంగా వస్తుంది
frames {{person:full}} {{date}} న వచ్చారు. | {{person:full}} గారి ఫోన్ {{phone}}.

code ta
ids ஆதார்=aadhaar; ஆதார் எண்=aadhaar; பான் அட்டை=pan; ஆபா=abha
words நோயாளி; வாடிக்கையாளர்; பெயர்; பிறந்த தேதி; தொலைபேசி; கைபேசி; முகவரி; அஞ்சல் குறியீடு; மின்னஞ்சல்; வருகை; அடுத்த வருகை; வயது {}; பதிவு எண்; கணக்கு எண்; செல்லுபடியாகும்; கடவுச்சொல்; இணையதளம்
place இந்தியா | அண்ணா சாலை, காந்தி தெரு, பாரதி சாலை | சென்னை, மதுரை, கோயம்புத்தூர் | 6000##, 6410## | {no}, {street}, {city} {post} ; எண் {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
months ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்
plain இன்று மழை பெய்யும் | மருந்தை நாளுக்கு {{n}} முறை சாப்பிடவும் | பேருந்து தாமதமாக வரும்
frames {{person:full}} {{date}} அன்று வந்தார். | {{person:full}} அவர்களின் எண் {{phone}}.

code kn
ids ಆಧಾರ್=aadhaar; ಪ್ಯಾನ್=pan; ಆಭಾ=abha
words ರೋಗಿ; ಗ್ರಾಹಕ; ಹೆಸರು; ಜನ್ಮ ದಿನಾಂಕ; ದೂರವಾಣಿ; ಮೊಬೈಲ್; ವಿಳಾಸ; ಪಿನ್ ಕೋಡ್; ಇಮೇಲ್; ಭೇಟಿ; ಮುಂದಿನ ಭೇಟಿ; ವಯಸ್ಸು {} ವರ್ಷ; ದಾಖಲೆ ಸಂಖ್ಯೆ; ಖಾತೆ ಸಂಖ್ಯೆ; ಮಾನ್ಯ; ಗುಪ್ತಪದ; ಜಾಲತಾಣ
given ರಮೇಶ್ ಸವಿತಾ ಮಂಜುನಾಥ್ ಗೀತಾ ಪ್ರಕಾಶ್ ಶಾಂತಾ ನಾಗರಾಜ್ ಅಶ್ವಿನಿ ಬಸವರಾಜ್ ರೇಖಾ
family ಗೌಡ ಹೆಗ್ಡೆ ಭಟ್ ಶೆಟ್ಟಿ ರಾವ್ ಪಾಟೀಲ್ ಕುಲಕರ್ಣಿ ಆಚಾರ್ಯ
place ಭಾರತ | ಎಂ ಜಿ ರಸ್ತೆ, ಗಾಂಧಿ ನಗರ, ಕೆಂಪೇಗೌಡ ರಸ್ತೆ | ಬೆಂಗಳೂರು, ಮೈಸೂರು, ಹುಬ್ಬಳ್ಳಿ | 5600##, 5700## | {no}, {street}, {city} {post} ; ನಂ. {no}, {street}, {city} - {post}
phone 98########; +91 9#### #####
plain ಇಂದು ಮಳೆ ಬರಬಹುದು | ಔಷಧಿಯನ್ನು ದಿನಕ್ಕೆ {{n}} ಬಾರಿ ತೆಗೆದುಕೊಳ್ಳಿ | ಅಂಗಡಿ ಭಾನುವಾರ ಮುಚ್ಚಿರುತ್ತದೆ
frames {{person:full}} ಅವರು {{date}} ರಂದು ಬಂದಿದ್ದರು. | {{person:full}} ಅವರ ಮೊಬೈಲ್ {{phone}}.

code ml
ids ആധാർ=aadhaar; പാൻ=pan; ആഭ=abha
words രോഗി; ഉപഭോക്താവ്; പേര്; ജനനത്തീയതി; ഫോൺ; മൊബൈൽ; വിലാസം; പിൻ കോഡ്; ഇമെയിൽ; സന്ദർശനം; അടുത്ത സന്ദർശനം; പ്രായം {} വയസ്സ്; രേഖ നമ്പർ; അക്കൗണ്ട് നമ്പർ; സാധുവാണ്; പാസ്‌വേഡ്; വെബ്സൈറ്റ്
given അനിൽ സിന്ധു രാജീവ് ബിന്ദു സുനിൽ ആതിര വിഷ്ണു ലക്ഷ്മി ജോസഫ് മേരി ഷാഹിന അബ്ദുൾ
family നായർ മേനോൻ പിള്ള കുറുപ്പ് തോമസ് വർഗീസ് നമ്പ്യാർ കുട്ടി
place ഇന്ത്യ | എം ജി റോഡ്, സ്റ്റേഷൻ റോഡ്, ബീച്ച് റോഡ് | കൊച്ചി, തിരുവനന്തപുരം, കോഴിക്കോട് | 6820##, 6950## | {no}, {street}, {city} {post} ; {street} {no}, {city} - {post}
phone 94########; +91 9#### #####
plain ഇന്ന് മഴ പെയ്യും | മരുന്ന് ദിവസം {{n}} നേരം കഴിക്കണം | ബസ് വൈകിയാണ് വരുന്നത്
frames {{person:full}} {{date}} ന് വന്നു. | {{person:full}} ന്റെ ഫോൺ {{phone}}.

code ur
ids شناختی کارڈ=cnic; شناختی کارڈ نمبر=cnic; CNIC=cnic; آدھار=aadhaar
words مریض; صارف; نام; تاریخ پیدائش; فون; موبائل; پتہ; پوسٹ کوڈ; ای میل; معائنہ; اگلا معائنہ; عمر {} سال; فائل نمبر; اکاؤنٹ نمبر; درست; پاس ورڈ; ویب سائٹ
given محمد عائشہ احمد فاطمہ بلال زینب عمران سعدیہ کاشف نادیہ عثمان حرا طارق صائمہ
family خان ملک بٹ چودھری قریشی شیخ انصاری مرزا رضوی صدیقی
place پاکستان | مال روڈ, جناح روڈ, شارع فیصل, گلبرگ | لاہور, کراچی, اسلام آباد, ملتان | 54###, 75### | {no} {street}، {city} {post} ; مکان نمبر {no}، {street}، {city}
phone 03##-#######; +92 3## #######; 03#########
months جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
plain آج موسم بہت خوشگوار ہے | دوا دن میں {{n}} بار کھانے کے بعد لیں | گاڑی {{n}} منٹ دیر سے آئے گی | بازار میں سبزی مہنگی ہو گئی ہے
frames {{person:full}} نے {{date}} کو درخواست دی۔ | {{person:given}} کا نمبر {{phone}} ہے۔
"""
