# ruff: noqa: E501  (one template a line)
"""Given names alone, as subject, in notes and after titles: Near East, Caucasus, Europe, East Asia."""

from __future__ import annotations

from ..render import Template
from . import native_india
from .reading import one_a_line

LINES = {
    "ar": r"""
سافر {{person:given}} إلى {{city}} أمس.
{{person:given}} يسكن في {{city}} منذ سنوات.
نُقل {{person:given}} إلى مستشفى الملك فهد.
{{person:given}} و{{person:given}} يدرسان في مدرسة واحدة.
قدّم {{person:given}} طلبا إلى مكتب البلدية في {{city}}.
المريض {{person:given}} يشكو من السعال.
السيد {{person:given}} والسيدة {{person:given}} في إجازة.
الأستاذ {{person:given}} المحترم، طلبكم {{order}} جاهز.
الدكتور {{person:family}} فحص {{person:given}} يوم {{date}}.
العميل {{person:given}} اتصل من {{city}}.
يا {{person:given}}، متى تصل إلى المستشفى؟
""",
    "fa": r"""
{{person:given}} دیروز به {{city}} رفت.
{{person:given}} در {{city}} زندگی می‌کند.
{{person:given}} را به بیمارستان امام بردند.
{{person:given}} و {{person:given}} در یک مدرسه درس می‌دهند.
{{person:given}} به ادارهٔ ثبت احوال {{city}} نامه داد.
بیمار {{person:given}} تب دارد.
آقای {{person:given}} و خانم {{person:given}} امروز نیستند.
{{person:given}} جان، سفارش {{order}} رسید.
دکتر {{person:family}} بیمار {{person:given}} را معاینه کرد.
مشتری {{person:given}}، شعبهٔ {{city}}
""",
    "he": r"""
{{person:given}} מתגורר כעת ב{{city}}.
אתמול {{person:given}} חזר מ{{city}} לבית החולים.
{{person:given}} אושפז בבית החולים הדסה.
{{person:given}} ו{{person:given}} לומדים באותו בית ספר.
{{person:given}} פנה למשרד הפנים ב{{city}}.
המטופל {{person:given}} מתלונן על כאבים.
מר {{person:given}} וגברת {{person:given}} לא הגיעו.
{{person:given}} היקר, ההזמנה {{order}} מוכנה.
ד"ר {{person:family}} בדק את {{person:given}} ביום {{date}}.
הלקוחה {{person:given}} התקשרה מסניף {{city}}.
""",
    "am": r"""
{{person:given}} ትናንት ወደ {{city}} ሄደ።
{{person:given}} በ{{city}} ይኖራል።
{{person:given}} ጥቁር አንበሳ ሆስፒታል ገባች።
{{person:given}} እና {{person:given}} በአንድ ትምህርት ቤት ያስተምራሉ።
{{person:given}} ለቀበሌው ጽሕፈት ቤት ማመልከቻ ሰጠች።
ታካሚ {{person:given}} ትኩሳት አለው።
አቶ {{person:given}} እና ወይዘሮ {{person:given}} መጡ።
ዶክተር {{person:given}} ሕመምተኛውን አዩ።
ደንበኛ {{person:given}}፣ ቅርንጫፍ {{city}}
""",
    "th": r"""
{{person:given}}ไป{{city}}เมื่อวานนี้
{{person:given}} อาศัยอยู่ที่{{city}}
{{person:given}} เข้ารักษาตัวที่โรงพยาบาลศิริราช
{{person:given}} กับ {{person:given}} เรียนโรงเรียนเดียวกัน
{{person:given}} ยื่นคำร้องที่สำนักงานเขต
ผู้ป่วย {{person:given}} มีไข้
นาย{{person:given}} และนาง{{person:given}} ลางานวันนี้
คุณ{{person:given}} ครับ คำสั่งซื้อ {{order}} มาถึงแล้ว
หมอ{{person:given}} นัดวันที่ {{date}}
ลูกค้า {{person:given}} สาขา{{city}}
""",
    "ka": r"""
{{person:given}} გუშინ ქალაქ {{city}}-ში წავიდა.
{{person:given}} ცხოვრობს ქალაქში {{city}}.
{{person:given}} საავადმყოფოში გადაიყვანეს.
{{person:given}} და {{person:given}} ერთ სკოლაში სწავლობენ.
პაციენტი {{person:given}} უჩივის ხველას.
ბატონი {{person:given}} და ქალბატონი {{person:given}} შვებულებაში არიან.
ქალბატონო {{person:given}}, თქვენი შეკვეთა {{order}} მზად არის.
ექიმი {{person:family}}, პაციენტი {{person:given}}, ვიზიტი {{date}}
კლიენტი {{person:given}}, ფილიალი {{city}}
""",
    "hy": r"""
{{person:given}}ը երեկ գնաց {{city}} քաղաք։
{{person:given}} և {{person:given}} սովորում են նույն դպրոցում։
{{person:given}}ն ապրում է {{city}} քաղաքում։
Հիվանդ {{person:given}}, կենտրոնական հիվանդանոց, {{date}}
Պարոն {{person:given}} և տիկին {{person:given}} արձակուրդում են։
Տիկին {{person:given}}, ձեր պատվերը {{order}} պատրաստ է։
Բժիշկ {{person:family}}, հիվանդ {{person:given}}
Հաճախորդ {{person:given}}, մասնաճյուղ {{city}}
""",
    "ru": r"""
{{person:given}} живёт в городе {{city}}.
{{person:given}} завтра едет в город {{city}}.
{{person:given}} лежит в городской больнице № {{n}}.
{{person:given}} и {{person:given}} учатся в одной школе.
{{person:given}} работает в районной администрации.
Пациент {{person:given}} жалуется на кашель.
Господин {{person:family}} и госпожа {{person:family}} в отпуске.
Уважаемая {{person:given}}, ваш заказ {{order}} готов.
Врач {{person:family}}, пациент {{person:given}}, приём {{date}}
Клиент {{person:given}}, отделение банка, {{city}}
А {{person:given}} дома? Нет, {{person:given}} на работе.
дядя {{person:given}} и тётя {{person:given}} приедут {{date}}
""",
    "uk": r"""
{{person:given}} мешкає в місті {{city}}.
{{person:given}} завтра їде до міста {{city}}.
{{person:given}} лікується в обласній лікарні.
{{person:given}} і {{person:given}} навчаються в одній школі.
{{person:given}} працює в міській раді.
Пацієнт {{person:given}} скаржиться на кашель.
Пан {{person:family}} і пані {{person:family}} у відпустці.
Лікар {{person:family}}, пацієнт {{person:given}}, прийом {{date}}
Клієнт {{person:given}}, відділення банку, {{city}}
а {{person:given}} вже вдома?
""",
    "bg": r"""
{{person:given}} живее в {{city}}.
{{person:given}} утре пътува за {{city}}.
{{person:given}} е в областната болница.
{{person:given}} и {{person:given}} учат в едно училище.
{{person:given}} подаде молба в общината.
Пациентът {{person:given}} има температура.
Господин {{person:family}} и госпожа {{person:family}} отсъстват.
Д-р {{person:family}} прегледа {{person:given}} на {{date}}.
Клиент {{person:given}}, клон {{city}}
""",
    "sr": r"""
{{person:given}} живи у граду {{city}}.
{{person:given}} сутра путује у град {{city}}.
{{person:given}} је у општој болници.
{{person:given}} и {{person:given}} иду у исту школу.
{{person:given}} ради у општини.
Пацијент {{person:given}} има температуру.
Господин {{person:family}} и госпођа {{person:family}} су на одмору.
Др {{person:family}}, пацијент {{person:given}}, преглед {{date}}
Клијент {{person:given}}, филијала {{city}}
""",
    "el": r"""
Ο {{person:given}} μένει στην πόλη {{city}}.
Η {{person:given}} ταξιδεύει αύριο.
{{person:given}}, {{person:given}}: το ίδιο σχολείο, η ίδια τάξη
Ο ασθενής {{person:given}} έχει πυρετό.
Ο κύριος {{person:family}} και η κυρία {{person:family}} λείπουν.
Γιατρός {{person:family}}, ασθενής {{person:given}}, ραντεβού {{date}}
Πελάτης {{person:given}}, κατάστημα {{city}}
Η {{person:given}} νοσηλεύεται στο Γενικό Νοσοκομείο.
""",
    "zh": r"""
{{person:given}}昨天去了{{city}}。
{{person:given}}住在{{city}}。
{{person:given}}被送到市人民医院。
{{person:given}}和{{person:given}}在同一所小学上学。
{{person:given}}到街道办事处交了材料。
患者{{person:full}}发烧三天。
{{person:full}}先生和{{person:full}}女士请假了。
{{person:family}}医生今天给{{person:full}}看病。
小{{person:family}},你的快递{{order}}到了。
{{person:family}}老师在{{city}}第一中学教书。
客户{{person:full}},开户行{{city}}支行
{{person:full}}去了{{city}},{{person:given}}留在家里。
""",
    "ja": r"""
{{person:given}}は昨日{{city}}へ行った。
{{person:given}}は{{city}}に住んでいます。
{{person:given}}が市立病院に入院しました。
{{person:given}}と{{person:given}}は同じ小学校に通っている。
{{person:family}}さんは区役所に書類を出した。
患者の{{person:full}}さんは熱があります。
{{person:family}}先生が{{person:given}}ちゃんを診察しました。
{{person:family}}様、ご注文{{order}}が届きました。
{{person:given}}くん、{{person:given}}ちゃん、集合!
お客様({{person:family}}様)は{{city}}支店へお越しです。
{{person:family}}部長と{{person:family}}課長は出張中です。
""",
    "ko": r"""
{{person:given}} 씨는 어제 {{city}}에 갔습니다.
{{person:given}}도 {{city}}에 살아요.
{{person:full}} 님은 시립병원에 입원했습니다.
{{person:given}}하고 {{person:given}}도 같은 초등학교에 다녀요.
{{person:full}} 씨가 구청에 서류를 냈다.
환자 {{person:full}} 님은 열이 있습니다.
{{person:full}} 부장님과 {{person:full}} 과장님은 출장 중입니다.
{{person:full}} 고객님, 주문 {{order}}이 도착했습니다.
담당의 {{person:full}}, 환자 {{person:full}}, 진료일 {{date}}
{{person:given}}한테 전화했어? {{person:given}}의 번호 알아?
""",
}
# Notes in which nothing but the place says what a word is; the same in each language.
NOTES = r"""
{{person:given}} / {{person:given}}; {{city}}
({{person:given}})
“{{person:given}}”
«{{person:given}}», {{city}}
[{{person:given}}] {{n}}
{{person:given}}, {{person:given}}, {{person:given}}
1. {{person:given}}\n2. {{person:given}}\n3. {{person:given}}
- {{person:given}}\n- {{person:given}} ({{city}})
{{person:given}} → {{person:given}}
{{city}}: {{person:given}}
{{person:given}} ({{city}}), {{person:given}} ({{city}})
{{person:given}}: {{n}}, {{person:given}}: {{n}}
{{person:given}} - {{date}}
{{person:given}}!
{{person:given}} + {{person:given}} = {{n}}
{{person:full}} | {{person:given}} | {{person:given}}
""".strip("\n")
CODES = (*native_india.LINES, *LINES)
EACH = 6  # of the notes a language has


def _notes() -> list[Template]:
    """Give each language some of the notes, in turn, so that all of them are used."""
    notes = one_a_line("native", "", NOTES)
    picked = [
        (code, notes[(i * EACH + j) % len(notes)])
        for i, code in enumerate(CODES)
        for j in range(EACH)
    ]
    return [Template(note.text, code, "native") for code, note in picked]


TEMPLATES = [
    *native_india.TEMPLATES,
    *(t for code, text in LINES.items() for t in one_a_line("native", code, text)),
    *_notes(),
]
