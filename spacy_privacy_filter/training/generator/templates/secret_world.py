"""Passwords, codes and keys in the words of languages of Asia, Africa and the east of Europe."""

from __future__ import annotations

from .reading import one_a_line

SECRETS = {
    "ru": r"""
Код от подъезда {{secret:pin}}.
Ваш код подтверждения: {{secret:otp}}. Никому его не сообщайте.
Пароль от вайфая: {{secret:password}}, маленькими буквами
пин-код карты {{secret:pin}}
Временный пароль «{{secret:password}}» нужно сменить.
Токен {{secret:bot}} попал в чат, отзовите его.
Сид-фраза: {{secret:seed}}
""",
    "uk": r"""
Код від під'їзду {{secret:pin}}.
Ваш код підтвердження: {{secret:otp}}. Нікому його не повідомляйте.
Пароль від вайфаю: {{secret:password}}
Ключ {{secret:key}} треба відкликати.
""",
    "ar": r"""
رمز الباب هو {{secret:pin}}.
رمز التحقق الخاص بك هو {{secret:otp}} ولا تشاركه مع أحد.
كلمة سر الواي فاي: {{secret:password}}
الرقم السري للبطاقة {{secret:pin}}
تم تسريب المفتاح {{secret:key}}
""",
    "fa": r"""
کد تأیید شما: {{secret:otp}}
رمز وای‌فای {{secret:password}} است
رمز در {{secret:pin}} است
""",
    "he": r"""
קוד הכניסה לבניין הוא {{secret:pin}}.
קוד האימות שלך: {{secret:otp}}. אין למסור אותו לאיש.
סיסמת הרשת היא {{secret:password}}
""",
    "hi": r"""
आपका ओटीपी {{secret:otp}} है। इसे किसी को न बताएँ।
वाई-फ़ाई का पासवर्ड {{secret:password}} है।
दरवाज़े का कोड {{secret:pin}} है।
एटीएम पिन: {{secret:pin}}
""",
    "hi-Latn": r"""
bhai wifi ka password {{secret:password}} hai
OTP aaya hai {{secret:otp}}, jaldi daal do
ATM ka pin {{secret:pin}} hai, kisi ko mat batana
""",
    "bn": r"""
আপনার ওটিপি {{secret:otp}}, কাউকে দেবেন না।
ওয়াইফাই পাসওয়ার্ড: {{secret:password}}
""",
    "ta": r"""
உங்கள் ஓடிபி {{secret:otp}}, யாருக்கும் சொல்ல வேண்டாம்.
வைஃபை கடவுச்சொல்: {{secret:password}}
""",
    "ur": r"""
آپ کا او ٹی پی {{secret:otp}} ہے، کسی کو نہ بتائیں۔
وائی فائی کا پاس ورڈ {{secret:password}} ہے۔
""",
    "zh": r"""
您的验证码是{{secret:otp}},请勿告诉他人。
无线网密码:{{secret:password}}
门禁密码是{{secret:pin}},进门左转。
初始密码为{{secret:password}},请尽快修改。
银行卡密码{{secret:pin}}
助记词:{{secret:seed}}
""",
    "ja": r"""
認証コードは{{secret:otp}}です。誰にも教えないでください。
Wi-Fiのパスワードは「{{secret:password}}」です。
玄関の暗証番号は{{secret:pin}}です。
初期パスワード:{{secret:password}}
トークン {{secret:key}} が漏れました。
""",
    "ko": r"""
인증번호는 {{secret:otp}} 입니다. 타인에게 알려 주지 마세요.
와이파이 비밀번호: {{secret:password}}
현관 비밀번호 {{secret:pin}}
임시 비밀번호는 "{{secret:password}}"입니다.
""",
    "vi": r"""
Mã xác nhận của bạn là {{secret:otp}}, không chia sẻ với ai.
Mật khẩu wifi: {{secret:password}} (viết thường)
Mã mở cửa là {{secret:pin}}
""",
    "id": r"""
Kode verifikasi Anda {{secret:otp}}, jangan berikan kepada siapa pun.
Password wifi-nya {{secret:password}} ya
PIN kartu: {{secret:pin}}
""",
    "ms": r"""
Kata laluan wifi ialah {{secret:password}}.
Kod pengesahan anda ialah {{secret:otp}}.
""",
    "tl": r"""
Ang password ng wifi ay {{secret:password}}.
Ang iyong OTP ay {{secret:otp}}, huwag ibigay kahit kanino.
""",
    "th": r"""
รหัส OTP ของคุณคือ {{secret:otp}} ห้ามบอกผู้อื่น
รหัสไวไฟ {{secret:password}}
รหัสประตู {{secret:pin}} ครับ
""",
    "sw": r"""
Nenosiri la wifi ni {{secret:password}}.
Namba yako ya uthibitisho ni {{secret:otp}}.
""",
}
TEMPLATES = [t for code, text in SECRETS.items() for t in one_a_line("secret", code, text)]
