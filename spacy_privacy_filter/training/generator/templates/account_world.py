"""Account numbers in the words of languages of Asia, Africa and the east of Europe."""

from __future__ import annotations

from .reading import one_a_line

LINES = {
    "ru": r"""
СНИЛС {{account:snils}}
СНИЛС: {{account:snils}}, тел. {{phone}}
Паспорт {{account:passport_ru}}, выдан {{date}}
Л/с №{{account:contract}}, счётчик № {{account:meter}}
Договор № {{account:contract}} от {{date}}, сумма {{price}}
Клиент {{account:customer}}, заказ {{order}}
Полис {{account:policy}}, {{person:full}}
Карта {{account:card}} заблокирована, заказ {{order}} отменён
р/с {{account:bank}}
Госномер {{account:plate}}
""",
    "uk": r"""
РНОКПП {{account:rnokpp}}
ІПН: {{account:rnokpp}}, тел. {{phone}}
Договір № {{account:contract}} від {{date}}
Особовий рахунок {{account:contract}}, лічильник {{account:meter}}
Замовлення {{order}}, клієнт {{account:customer}}
""",
    "ar": r"""
رقم الهوية {{account:iqama}}، جوال {{phone}}
رقم الآيبان: {{account:iban}}
رقم العميل {{account:customer}}، الطلب {{order}}
رقم العقد: {{account:contract}}، العداد {{account:meter}}
رقم البوليصة {{account:policy}}
رقم الجواز {{account:passport}}
""",
    "fa": r"""
کد ملی {{account:melli}}، تلفن {{phone}}
شماره کارت {{account:card}}، به نام {{person:full}}
شماره مشتری {{account:customer}}، سفارش {{order}}
""",
    "he": r"""
ת.ז. {{account:teudat}}, טל' {{phone}}
מס' לקוח {{account:customer}}, הזמנה {{order}}
חוזה מס' {{account:contract}}, מונה {{account:meter}}
פוליסה {{account:policy}}
""",
    "hi": r"""
पैन {{account:pan}}, मोबाइल {{phone}}
ग्राहक सं. {{account:customer}}, ऑर्डर {{order}}
मीटर नं. {{account:meter}}, बिल {{price}}
पॉलिसी संख्या {{account:policy}}
खाता {{account:bank}}, राशि {{price}}
""",
    "bn": r"""
এনআইডি {{account:nid_bd}}, মোবাইল {{phone}}
গ্রাহক নং {{account:customer}}, অর্ডার {{order}}
মিটার নং {{account:meter}}
""",
    "ur": r"""
شناختی کارڈ {{account:cnic}}، فون {{phone}}
میٹر نمبر {{account:meter}}، بل {{price}}
""",
    "zh": r"""
身份证号{{account:china_id}}
客户号:{{account:customer}},订单号:{{order}}
合同号{{account:contract}},电表号{{account:meter}}
银行卡{{account:card}},开户人{{person:full}}
保单号:{{account:policy}},出险日期{{date}}
护照号{{account:passport}},航班{{order}}
会员卡号{{account:loyalty}},积分{{n}}
""",
    "ja": r"""
マイナンバー{{account:mynumber}}
お客様番号:{{account:customer}}、注文番号:{{order}}
契約番号 {{account:contract}}、メーター番号 {{account:meter}}
証券番号{{account:policy}}、事故日{{date}}
会員番号は{{account:loyalty}}です。
旅券番号 {{account:passport}}
""",
    "ko": r"""
주민등록번호 {{account:rrn}}
고객번호: {{account:customer}}, 주문번호: {{order}}
계약번호 {{account:contract}}, 계량기 번호 {{account:meter}}
증권번호 {{account:policy}}, 사고일 {{date}}
여권번호는 {{account:passport}}입니다.
""",
    "vi": r"""
CCCD {{account:cccd}}, điện thoại {{phone}}
Mã khách hàng {{account:customer}}, đơn hàng {{order}}
Số hợp đồng: {{account:contract}}
Số tài khoản {{account:bank}}
""",
    "id": r"""
NIK {{account:nik}}, HP {{phone}}
No. pelanggan {{account:customer}}, pesanan {{order}}
No. rekening {{account:bank}} a.n. {{person:full}}
No. meter {{account:meter}}, tagihan {{price}}
NPWP {{account:npwp}}
""",
    "th": r"""
เลขบัตรประชาชน {{account:thai_id}} โทร {{phone}}
รหัสลูกค้า {{account:customer}} คำสั่งซื้อ {{order}}
เลขที่บัญชี {{account:bank}}
เลขที่สัญญา {{account:contract}}
""",
    "ms": r"""
No. KP {{account:mykad}}, tel. {{phone}}
No. akaun {{account:bank}}, rujukan {{order}}
""",
    "sw": r"""
Namba ya kitambulisho {{account:kenya_id}}, simu {{phone}}
Akaunti {{account:bank}}, kiasi {{price}}
""",
}
TEMPLATES = [t for code, text in LINES.items() for t in one_a_line("account", code, text)]
