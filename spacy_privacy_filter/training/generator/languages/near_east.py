# ruff: noqa: E501  (one list a line)
"""Arabic, Persian, Hebrew, Turkish, Armenian and Georgian."""

from __future__ import annotations

TEXT = """
code ar
ids رقم الهوية=iqama; الهوية الوطنية=iqama; رقم الإقامة=iqama; الهوية الإماراتية=emirates; الرقم القومي=digits13; رقم الجواز=passport
words المريض; العميل; الاسم; تاريخ الميلاد; الهاتف; الجوال; العنوان; الرمز البريدي; البريد الإلكتروني; الزيارة; المراجعة القادمة; العمر {} سنة; رقم الملف; رقم الحساب; صالح; كلمة المرور; الموقع
plain الطقس جميل اليوم في كل مكان | يؤخذ الدواء {{n}} مرات في اليوم بعد الأكل | تأخر القطار {{n}} دقيقة | ما هي أفضل طريقة لطبخ الأرز؟ | ضغط الدم طبيعي ولا توجد حرارة | الشحنة وصلت والمبلغ {{price}}
frames راجع {{person:full}} العيادة بتاريخ {{date}}، رقم الهوية {{account:iqama}}. | يرجى الاتصال بالسيدة {{person:full}} على {{phone}}. | انتقل {{person:full}} إلى {{address}} يوم {{date}}.

code fa
ids کد ملی=melli; شماره ملی=melli; شماره شناسنامه=digits10; شماره گذرنامه=passport
words بیمار; مشتری; نام; تاریخ تولد; تلفن; موبایل; نشانی; کد پستی; ایمیل; مراجعه; مراجعه بعدی; {} ساله; شماره پرونده; شماره حساب; معتبر; رمز عبور; وب‌سایت
place ایران | خیابان ولیعصر, خیابان انقلاب, خیابان شریعتی, بلوار کشاورز | تهران, اصفهان, شیراز, مشهد | 1#########, 8######### | {city}، {street}، پلاک {no} ; {street}، پلاک {no}، {city} {post}
phone 09## ### ####; 09#########; +98 9## ### ####; 021-########
plain امروز هوا بارانی است | این دارو را روزی {{n}} بار مصرف کنید | قطار با تأخیر می‌رسد | بهترین کتاب برای کودکان چیست؟ | فشار خون طبیعی است
frames {{person:full}} در تاریخ {{date}} مراجعه کرد، کد ملی {{account:melli}}. | لطفاً با {{person:full}} تماس بگیرید: {{phone}}

code he
ids ת.ז.=teudat; תעודת זהות=teudat; מספר זהות=teudat; דרכון=passport
words מטופל; לקוח; שם; תאריך לידה; טלפון; נייד; כתובת; מיקוד; דוא"ל; ביקור; ביקורת הבאה; בן {}; מספר תיק; מספר חשבון; תקין; סיסמה; אתר
plain היום יהיה גשם בכל הארץ | יש ליטול את התרופה {{n}} פעמים ביום | הרכבת מאחרת ב-{{n}} דקות | איזה מחשב כדאי לקנות לבית הספר? | לחץ הדם תקין
frames {{person:full}} ביקר במרפאה ביום {{date}}, ת.ז. {{account:teudat}}. | נא להתקשר אל {{person:full}} בטלפון {{phone}}.

code tr
ids TC Kimlik No=tckn; T.C. kimlik=tckn; vergi no=digits10; pasaport no=passport
words Hasta; Müşteri; Adı Soyadı; Doğum tarihi; Telefon; Cep; Adres; Posta kodu; E-posta; Muayene; Kontrol; {} yaşında; Dosya no; Hesap no; geçerli; Şifre; Web sitesi
plain bugün hava çok güzel | ilacı günde {{n}} kez tok karnına alın | tren {{n}} dakika gecikti | okul için hangi bilgisayarı almalıyım? | Tansiyon normal, ateş yok
frames {{person:full}} {{date}} tarihinde başvurdu, TC kimlik {{account:tckn}}. | Sayın {{person:full}}, siparişiniz {{address}} adresine gönderildi.

code hy
ids ՀԾՀ=digits10; անձնագիր=passport
words Հիվանդ; Հաճախորդ; Անուն; Ծննդյան ամսաթիվ; Հեռախոս; Բջջային; Հասցե; Փոստային դասիչ; Էլ. փոստ; Այց; Հաջորդ այց; {} տարեկան; Գործի համար; Հաշվեհամար; վավեր; Գաղտնաբառ; Կայք
place Հայաստան | Մաշտոցի պողոտա, Տերյան փողոց, Աբովյան փողոց | Երևան, Գյումրի | 00## | {street} {no}, {city} {post}
phone +374 9# ######; 09# ######
plain այսօր արև է | դեղը խմել օրական {{n}} անգամ
frames {{person:full}}ը զանգեց {{date}}, հեռախոս {{phone}}

code ka
ids პირადი ნომერი=digits11; პასპორტი=passport
words პაციენტი; კლიენტი; სახელი; დაბადების თარიღი; ტელეფონი; მობილური; მისამართი; საფოსტო ინდექსი; ელფოსტა; ვიზიტი; შემდეგი ვიზიტი; {} წლის; საქმის ნომერი; ანგარიშის ნომერი; მოქმედია; პაროლი; ვებგვერდი
place საქართველო | რუსთაველის გამზირი, ჭავჭავაძის ქუჩა, აღმაშენებლის ქუჩა | თბილისი, ბათუმი | 01## | {street} {no}, {city} {post} ; {city}, {street} {no}
phone +995 5## ## ## ##; 5## ######
plain დღეს კარგი ამინდია | წამალი დღეში {{n}} ჯერ
frames {{person:full}} მოვიდა {{date}}, ტელეფონი {{phone}}
"""
