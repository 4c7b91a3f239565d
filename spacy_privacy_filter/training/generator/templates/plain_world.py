"""Headings, notes, forms and screens without a person in them: languages of Asia and Africa."""

from __future__ import annotations

from . import plain_east, plain_europe, plain_india
from .reading import one_a_line

LINES = {
    "tr": r"""
Sentetik test kaydı. Hasta kurgusaldır.
İlk muayene, kontrol, son değerlendirme
Hasta diyabetli ve günde {{drug}} {{n}} mg kullanıyor.
İki hafta sonra kontrol, başka tedavi gerekmiyor.
Test hastası, ulusal numara geçersiz, dikkate almayın.
Müşteri notu: fatura ödendi.
Kontrol {{date}}, sonraki muayene {{date}}
Kaydet | İptal | Ara | Yeni hasta | Yeni müşteri
""",
    "hy": r"""
Սինթետիկ փորձնական գրառում։ Հիվանդը մտացածին է։
Առաջին այց, հսկողություն, վերջնական գնահատում
Հիվանդն ունի շաքարախտ, ընդունում է {{drug}} {{n}} mg։
Հսկողություն երկու շաբաթից։
Փորձնական հիվանդ, ազգային համարը սխալ է։
Հաճախորդի նշում․ հաշիվը վճարված է։
Այց {{date}}, հաջորդ այց {{date}}
""",
    "ka": r"""
სინთეტიკური სატესტო ჩანაწერი. პაციენტი გამოგონილია.
პირველი ვიზიტი, კონტროლი, საბოლოო შეფასება
პაციენტს აქვს დიაბეტი, იღებს {{drug}} {{n}} mg დღეში.
კონტროლი ორ კვირაში, სხვა მკურნალობა საჭირო არ არის.
სატესტო პაციენტი, ეროვნული ნომერი არასწორია.
კლიენტის შენიშვნა: ანგარიში გადახდილია.
ვიზიტი {{date}}, შემდეგი ვიზიტი {{date}}
""",
    "ar": r"""
سجل اختبار اصطناعي. المريض خيالي.
الزيارة الأولى، المتابعة، المراجعة النهائية
المريض مصاب بالسكري ويتناول {{drug}} {{n}} mg يوميا.
المراجعة بعد أسبوعين ولا حاجة إلى علاج آخر.
مريض تجريبي، الرقم الوطني غير صالح، يرجى التجاهل.
ملاحظة العميل: تم دفع الفاتورة.
رقم غير صالح. يرجى التحقق من الرقم الوطني.
الزيارة يوم {{date}} والمراجعة القادمة يوم {{date}}
حفظ | إلغاء | بحث | مريض جديد | عميل جديد
""",
    "fa": r"""
پروندهٔ آزمایشی ساختگی. بیمار خیالی است.
ویزیت نخست، پیگیری، بررسی نهایی
بیمار دیابت دارد و روزانه {{drug}} {{n}} mg مصرف می‌کند.
پیگیری دو هفتهٔ دیگر، درمان دیگری لازم نیست.
بیمار آزمایشی، شمارهٔ ملی نامعتبر است.
یادداشت مشتری: صورتحساب پرداخت شد.
ویزیت {{date}}، ویزیت بعدی {{date}}
ذخیره | لغو | جستجو | بیمار جدید | مشتری جدید
""",
    "he": r"""
רשומת בדיקה סינתטית. המטופל בדיוני.
ביקור ראשון, מעקב, סיכום סופי
למטופל סוכרת והוא נוטל {{drug}} {{n}} mg ביום.
ביקורת בעוד שבועיים, אין צורך בטיפול נוסף.
מטופל לבדיקה, המספר הלאומי אינו תקין.
הערת לקוח: החשבונית שולמה.
ביקור {{date}}, ביקור הבא {{date}}
שמירה | ביטול | חיפוש | מטופל חדש | לקוח חדש
""",
    "ur": r"""
مصنوعی آزمائشی ریکارڈ۔ مریض فرضی ہے۔
پہلا معائنہ، فالو اپ، حتمی جائزہ
مریض کو ذیابیطس ہے اور روزانہ {{drug}} {{n}} mg لیتا ہے۔
دو ہفتے بعد دوبارہ معائنہ، مزید علاج کی ضرورت نہیں۔
آزمائشی مریض، قومی نمبر غلط ہے۔
صارف کا نوٹ: بل ادا ہو چکا ہے۔
معائنہ {{date}}، اگلا معائنہ {{date}}
محفوظ کریں | منسوخ | تلاش | نیا مریض | نیا صارف
""",
    "zh": r"""
合成测试记录,患者为虚构。
初诊、复诊、最终复核
患者患有糖尿病,每日服用{{drug}} {{n}} mg。
两周后复查,无需其他治疗。
测试患者,身份证号无效,请忽略。
客户备注:发票已付清。
号码无效,请检查国家识别码。
就诊日期{{date}},下次复诊{{date}}
保存 | 取消 | 搜索 | 新患者 | 新客户
虚构客户,仅供培训使用
""",
    "ja": r"""
合成テスト記録。患者は架空です。
初診、経過観察、最終確認
患者は糖尿病があり、{{drug}} {{n}} mgを毎日服用。
二週間後に再診、追加の治療は不要。
テスト患者、国民番号は無効です。
顧客メモ:請求書は支払い済み。
番号が無効です。識別番号を確認してください。
受診日{{date}}、次回受診{{date}}
保存 | キャンセル | 検索 | 新規患者 | 新規顧客
架空の顧客、研修用
""",
    "ko": r"""
합성 시험 기록. 환자는 가상입니다.
초진, 추적 관찰, 최종 검토
환자는 당뇨병이 있으며 매일 {{drug}} {{n}} mg 복용.
2주 후 재진, 추가 치료 불필요.
시험용 환자, 국가 식별번호가 유효하지 않음.
고객 메모: 청구서 결제 완료.
번호가 유효하지 않습니다. 다시 확인하세요.
진료일 {{date}}, 다음 진료 {{date}}
저장 | 취소 | 검색 | 새 환자 | 새 고객
""",
    "th": r"""
บันทึกทดสอบสังเคราะห์ ผู้ป่วยเป็นตัวละครสมมติ
ตรวจครั้งแรก ติดตามผล ทบทวนครั้งสุดท้าย
ผู้ป่วยเป็นเบาหวานและใช้ยา {{drug}} {{n}} mg ทุกวัน
นัดตรวจอีกสองสัปดาห์ ไม่ต้องรักษาเพิ่ม
ผู้ป่วยทดสอบ หมายเลขประจำตัวไม่ถูกต้อง
หมายเหตุลูกค้า: ชำระใบแจ้งหนี้แล้ว
ตรวจวันที่ {{date}} นัดครั้งต่อไป {{date}}
บันทึก | ยกเลิก | ค้นหา | ผู้ป่วยใหม่ | ลูกค้าใหม่
""",
    "vi": r"""
Hồ sơ thử nghiệm tổng hợp. Bệnh nhân là hư cấu.
Khám lần đầu, tái khám, đánh giá cuối
Bệnh nhân bị tiểu đường và uống {{drug}} {{n}} mg mỗi ngày.
Tái khám sau hai tuần, không cần điều trị thêm.
Bệnh nhân thử nghiệm, số quốc gia không hợp lệ.
Ghi chú khách hàng: hóa đơn đã thanh toán.
Khám {{date}}, tái khám {{date}}
Lưu | Hủy | Tìm kiếm | Bệnh nhân mới | Khách hàng mới
""",
    "id": r"""
Rekaman uji sintetis. Pasien ini fiktif.
Kunjungan pertama, kontrol, tinjauan akhir
Pasien menderita diabetes dan minum {{drug}} {{n}} mg setiap hari.
Kontrol dua minggu lagi, tidak perlu pengobatan lain.
Pasien uji, nomor nasional tidak valid, abaikan.
Catatan pelanggan: tagihan sudah dibayar.
Kontrol {{date}}, kunjungan berikutnya {{date}}
Simpan | Batal | Cari | Pasien baru | Pelanggan baru
""",
    "ms": r"""
Rekod ujian sintetik. Pesakit ini rekaan.
Lawatan pertama, susulan, semakan akhir
Pesakit menghidap diabetes dan mengambil {{drug}} {{n}} mg setiap hari.
Susulan dalam dua minggu, tiada rawatan lain.
Pesakit ujian, nombor kebangsaan tidak sah.
Nota pelanggan: bil telah dibayar.
Lawatan {{date}}, lawatan seterusnya {{date}}
""",
    "tl": r"""
Gawa-gawang talaan para sa pagsubok. Kathang-isip ang pasyente.
Unang pagbisita, pagsubaybay, huling pagsusuri
May diabetes ang pasyente at umiinom ng {{drug}} {{n}} mg araw-araw.
Bumalik pagkatapos ng dalawang linggo.
Pasyenteng pansubok, hindi wasto ang pambansang numero.
Tala ng kostumer: bayad na ang singil.
Pagbisita {{date}}, susunod na pagbisita {{date}}
""",
    "sw": r"""
Rekodi ya majaribio. Mgonjwa ni wa kubuni.
Ziara ya kwanza, ufuatiliaji, mapitio ya mwisho
Mgonjwa ana kisukari na anatumia {{drug}} {{n}} mg kila siku.
Rudi baada ya wiki mbili, hakuna tiba nyingine.
Mgonjwa wa majaribio, namba ya taifa si sahihi.
Maelezo ya mteja: ankara imelipwa.
Ziara {{date}}, ziara ijayo {{date}}
""",
    "am": r"""
ሰው ሠራሽ የሙከራ መዝገብ። ታካሚው ምናባዊ ነው።
የመጀመሪያ ጉብኝት፣ ክትትል፣ የመጨረሻ ግምገማ
ታካሚው የስኳር በሽታ አለበት፣ በቀን {{drug}} {{n}} mg ይወስዳል።
ከሁለት ሳምንት በኋላ ክትትል።
የሙከራ ታካሚ፣ ብሔራዊ ቁጥሩ ትክክል አይደለም።
የደንበኛ ማስታወሻ፦ ሂሳቡ ተከፍሏል።
ጉብኝት {{date}}፣ ቀጣይ ጉብኝት {{date}}
""",
    "af": r"""
Sintetiese toetsrekord. Die pasiënt is fiktief.
Eerste besoek, opvolg, finale oorsig
Die pasiënt het diabetes en neem {{drug}} {{n}} mg per dag.
Opvolg oor twee weke, geen verdere behandeling nie.
Toetspasiënt, nasionale nommer ongeldig.
Kliëntnota: faktuur betaal.
Besoek {{date}}, volgende besoek {{date}}
""",
    "hi-Latn": r"""
yeh test record hai, patient kalpanik hai
pehli visit, follow-up, final review
patient ko sugar hai, roz {{drug}} {{n}} mg leta hai
do hafte baad dobara dikhana
customer note: bill pay ho gaya
number galat hai, dobara check karo
""",
}
ALL_LINES = {**plain_europe.LINES, **plain_east.LINES, **plain_india.LINES, **LINES}
# A date has a label of its own; a text that holds one is not without personal data.
TEMPLATES = [
    *(
        t
        for code, text in ALL_LINES.items()
        for line in text.strip().splitlines()
        for t in one_a_line("language" if "{{date" in line else "plain", code, line)
    )
]
