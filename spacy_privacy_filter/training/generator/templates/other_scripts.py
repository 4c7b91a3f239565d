# ruff: noqa: E501  (one template a line)
"""Short texts in languages with other scripts."""

from __future__ import annotations

from .reading import one_a_line

LINES = {
    "el": r"""
Γεια σας, είμαι ο {{person:full#1}}, το τηλέφωνό μου είναι {{phone}} και το email {{email#1}}.
Ονοματεπώνυμο: {{person:full}}\nΗμερομηνία γέννησης: {{date:birth}}\nΔιεύθυνση: {{address}}
Η κυρία {{person:full#1}} συνάντησε τον {{person:full#2}} στις {{date}}.
Καταθέστε {{price}} στον λογαριασμό {{account:iban}}, δικαιούχος {{person:full}}.
ο κωδικός είναι {{secret:password}}
Περισσότερα στο {{url}}.
Η παραγγελία {{order}} κοστίζει {{price}}.
""",
    "ru": r"""
Здравствуйте, меня зовут {{person:full#1}}, мой телефон {{phone}}, почта {{email#1}}.
ФИО: {{person:full}}\nДата рождения: {{date:birth}}\nАдрес: {{address}}\nПаспорт: {{account:passport}}
Уважаемая {{person:full}}, ваш приём назначен на {{date}} в {{hour}}.
{{person:full#1}} и {{person:full#2}} встретились {{date}} в городе {{city}}.
Переведите {{price}} на счёт {{account:bank}}, получатель {{person:full}}.
пароль от вайфая {{secret:password}}
{{person:given}}, позвони {{person:given}} по номеру {{phone}}
Подробнее на {{url}} или по почте {{email}}.
Заказ {{order}} на сумму {{price}} отправлен.
Как приготовить борщ на {{n}} человек?
""",
    "uk": r"""
Добрий день, мене звати {{person:full#1}}, мій телефон {{phone}}, пошта {{email#1}}.
ПІБ: {{person:full}}\nДата народження: {{date:birth}}\nАдреса: {{address}}
Пан {{person:full#1}} зустрівся з {{person:full#2}} {{date}}.
Переказ {{price}} на рахунок {{account:iban}}, отримувач {{person:full}}.
пароль: {{secret:password}}
Деталі на {{url}}.
Замовлення {{order}} коштує {{price}}.
""",
    "bg": r"""
Здравейте, аз съм {{person:full#1}}, телефон {{phone}}, имейл {{email#1}}.
Име: {{person:full}}\nРоден на: {{date:birth}}\nАдрес: {{address}}
Паролата е {{secret:password}}
{{person:full#1}} се срещна с {{person:full#2}} на {{date}}.
""",
    "ar": r"""
مرحبا، أنا {{person:full#1}} ورقم هاتفي {{phone}} وبريدي {{email#1}}.
الاسم: {{person:full}}\nتاريخ الميلاد: {{date:birth}}\nالعنوان: {{address}}
السيد {{person:full#1}} التقى السيدة {{person:full#2}} يوم {{date}}.
حوّل {{price}} إلى الحساب {{account:iban}} باسم {{person:full}}.
كلمة المرور هي {{secret:password}}
للمزيد زوروا {{url}}.
الطلب رقم {{order}} بقيمة {{price}}.
تسكن {{person:full}} في {{address}}.
""",
    "fa": r"""
سلام، من {{person:full#1}} هستم، شماره من {{phone}} و ایمیل {{email#1}} است.
آقای {{person:full#1}} با خانم {{person:full#2}} در {{date}} دیدار کرد.
رمز عبور {{secret:password}} است
""",
    "he": r"""
שלום, שמי {{person:full#1}}, הטלפון שלי {{phone}} והמייל {{email#1}}.
שם: {{person:full}}\nתאריך לידה: {{date:birth}}\nכתובת: {{address}}
מר {{person:full#1}} נפגש עם {{person:full#2}} ביום {{date}}.
נא להעביר {{price}} לחשבון {{account:iban}} על שם {{person:full}}.
הסיסמה היא {{secret:password}}
פרטים נוספים: {{url}}
הזמנה {{order}} בסך {{price}}.
""",
    "hi": r"""
नमस्ते, मेरा नाम {{person:full#1}} है, मेरा नंबर {{phone}} और ईमेल {{email#1}} है।
नाम: {{person:full}}\nजन्म तिथि: {{date:birth}}\nपता: {{address}}\nआधार: {{account:aadhaar}}
श्री {{person:full#1}} ने {{date}} को {{person:full#2}} से मुलाकात की।
खाते {{account:bank}} में {{price}} जमा करें, खाताधारक {{person:full}}।
पासवर्ड {{secret:password}} है
अधिक जानकारी {{url}} पर।
ऑर्डर {{order}} की कीमत {{price}} है।
{{person:given}} का फ़ोन नंबर {{phone}} है।
""",
    "bn": r"""
আমার নাম {{person:full#1}}, ফোন {{phone}}, ইমেল {{email#1}}।
{{person:full#1}} এবং {{person:full#2}} {{date}} তারিখে দেখা করেন।
""",
    "ta": r"""
என் பெயர் {{person:full#1}}, தொலைபேசி {{phone}}, மின்னஞ்சல் {{email#1}}.
கடவுச்சொல் {{secret:password}}
""",
    "zh": r"""
你好,我叫{{person:full#1}},电话是{{phone}},邮箱{{email#1}}。
姓名:{{person:full}}\n出生日期:{{date:birth}}\n地址:{{address}}\n身份证号:{{account:china_id}}
{{person:full#1}}先生于{{date}}在{{city}}与{{person:full#2}}见面。
请将{{price}}转到账户{{account:bank}},户名{{person:full}}。
密码是{{secret:password}},不要告诉别人
详情见 {{url}}
订单{{order}}已发货,共{{price}}。
患者{{person:full}},{{n}}岁,{{date}}入院,病历号{{account:mrn}}。
请问这道菜要煮{{n}}分钟吗?
收件人:{{person:full}},{{phone}},{{address}}
""",
    "ja": r"""
はじめまして、{{person:full#1}}です。電話番号は{{phone}}、メールは{{email#1}}です。
氏名:{{person:full}}\n生年月日:{{date:birth}}\n住所:{{address}}
{{person:full#1}}さんは{{date}}に{{person:full#2}}さんと会いました。
口座番号{{account:bank}}({{person:full}}名義)に{{price}}をお振り込みください。
パスワードは{{secret:password}}です。
詳しくは {{url}} をご覧ください。
注文{{order}}の合計は{{price}}です。
{{person:family}}様、ご予約は{{date}}です。
""",
    "ko": r"""
안녕하세요, 저는 {{person:full#1}}입니다. 전화번호는 {{phone}}, 이메일은 {{email#1}}입니다.
성명: {{person:full}}\n생년월일: {{date:birth}}\n주소: {{address}}
{{person:full#1}} 씨는 {{date}}에 {{person:full#2}} 씨를 만났습니다.
{{account:bank}} 계좌({{person:full}})로 {{price}}을 보내 주세요.
비밀번호는 {{secret:password}}입니다
자세한 내용은 {{url}} 에서 확인하세요.
주문 {{order}}의 금액은 {{price}}입니다.
""",
    "th": r"""
สวัสดีครับ ผมชื่อ {{person:full#1}} เบอร์โทร {{phone}} อีเมล {{email#1}}
ที่อยู่: {{address}}
รหัสผ่านคือ {{secret:password}}
คุณ {{person:full#1}} พบกับคุณ {{person:full#2}} เมื่อ {{date}}
""",
}

TEMPLATES = [
    template
    for language, lines in LINES.items()
    for template in one_a_line("language", language, lines)
]
