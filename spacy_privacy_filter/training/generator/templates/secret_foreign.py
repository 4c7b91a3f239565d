# ruff: noqa: E501  (one template a line)
"""Passwords, codes and keys in the words of many languages, with and without a secret behind."""

from __future__ import annotations

from .reading import one_a_line

SECRETS = {
    "es": r"""
La clave del wifi es {{secret:password}}, todo junto.
Tu código de verificación es {{secret:otp}}. No lo compartas.
El PIN de la tarjeta es {{secret:pin}}.
El código del portal es {{secret:pin}}, segundo piso.
La contraseña provisional ({{secret:password}}) caduca en {{n}} días.
te paso la pass: {{secret:password}}
Frase de recuperación: {{secret:seed}}
entra con {{email}} y {{secret:password}}
""",
    "fr": r"""
Le code de la porte est {{secret:pin}}, troisième étage.
Votre code de vérification est {{secret:otp}}. Ne le communiquez à personne.
Mon mot de passe, {{secret:password}}, ne marche plus.
Code PIN : {{secret:pin}}
Mdp wifi : « {{secret:password}} »
La clé du wifi c'est {{secret:password}} en minuscules
Mot de passe provisoire {{secret:password}} (valable {{n}} jours)
Le jeton {{secret:key}} doit être révoqué.
Phrase secrète : {{secret:passphrase}}
""",
    "de": r"""
Der Code für die Haustür ist {{secret:pin}}.
Ihr Bestätigungscode lautet {{secret:otp}}. Geben Sie ihn nicht weiter.
Die PIN der Karte ist {{secret:pin}}.
WLAN-Passwort: „{{secret:password}}“
Das Initialpasswort {{secret:password}} bitte sofort ändern.
Passwort war {{secret:password}}, jetzt {{secret:password}}
Der Zugangsschlüssel ({{secret:key}}) läuft am {{date}} ab.
TAN {{secret:otp}} für die Überweisung von {{price}}
Wiederherstellungsschlüssel: {{secret:recovery}}
Alarmanlage: {{secret:pin}}, Tresor: {{secret:pin}}
""",
    "it": r"""
Il codice del portone è {{secret:pin}}.
Il tuo codice di verifica è {{secret:otp}}, non condividerlo.
PIN della carta: {{secret:pin}}
La password del wifi è {{secret:password}} tutto minuscolo
La chiave segreta {{secret:plainkey}} va sostituita.
Entra con {{email}} e la password {{secret:password}}.
Frase di recupero: {{secret:seed}}
""",
    "pt": r"""
O código do portão é {{secret:pin}}.
Seu código de verificação é {{secret:otp}}. Não compartilhe.
A senha do cartão é {{secret:pin}}.
Senha provisória: {{secret:password}} (troque no primeiro acesso)
a senha é {{secret:password}} tudo junto
O token {{secret:key}} vazou, troque hoje.
Chave de recuperação: {{secret:recovery}}
""",
    "nl": r"""
De code van de voordeur is {{secret:pin}}.
Je verificatiecode is {{secret:otp}}. Deel deze met niemand.
Pincode: {{secret:pin}}
Het tijdelijke wachtwoord is {{secret:password}}, wijzig het meteen.
Wifi: {{secret:password}} (alles klein)
De sleutel {{secret:key}} is ingetrokken.
""",
    "sv": r"""
Portkoden är {{secret:pin}}.
Din engångskod är {{secret:otp}}. Dela den inte.
Wifi-lösenordet är {{secret:password}}, allt i små bokstäver.
Logga in med {{email}} och {{secret:password}}.
Nyckeln {{secret:key}} har läckt.
""",
    "da": r"""
Dørkoden er {{secret:pin}}.
Din engangskode er {{secret:otp}}.
Wifi-koden er {{secret:password}} med småt
Log ind med {{email}} og {{secret:password}}
""",
    "no": r"""
Dørkoden er {{secret:pin}}.
Engangskoden din er {{secret:otp}}.
Passordet til nettet er {{secret:password}}.
Nøkkelen {{secret:key}} må byttes.
""",
    "fi": r"""
Ovikoodi on {{secret:pin}}.
Vahvistuskoodisi on {{secret:otp}}. Älä kerro sitä kenellekään.
Verkon salasana: {{secret:password}}
Väliaikainen salasana {{secret:password}} vanhenee pian.
""",
    "pl": r"""
Kod do bramy to {{secret:pin}}.
Twój kod weryfikacyjny to {{secret:otp}}. Nie podawaj go nikomu.
Hasło do wifi: {{secret:password}}, wszystko małymi literami
PIN do karty: {{secret:pin}}
Tymczasowe hasło {{secret:password}} trzeba zmienić.
""",
    "cs": r"""
Kód od vchodu je {{secret:pin}}.
Váš ověřovací kód je {{secret:otp}}, nikomu ho nesdělujte.
Heslo k wifi: {{secret:password}}
PIN ke kartě {{secret:pin}}
""",
    "sk": r"""
Heslo na wifi je {{secret:password}}.
Váš overovací kód je {{secret:otp}}.
Kód od brány: {{secret:pin}}
""",
    "hu": r"""
A kapukód {{secret:pin}}.
Az ellenőrző kód: {{secret:otp}}. Ne adja meg senkinek!
A wifi jelszava {{secret:password}}, csupa kisbetű.
""",
    "ro": r"""
Codul de la interfon este {{secret:pin}}.
Codul de verificare este {{secret:otp}}. Nu îl da nimănui.
Parola de la wifi e {{secret:password}}
""",
    "bg": r"""
Паролата за интернета е {{secret:password}}.
Кодът за вратата е {{secret:pin}}.
Вашият код за потвърждение: {{secret:otp}}
""",
    "hr": r"""
Lozinka za wifi je {{secret:password}}.
Vaš kod za potvrdu je {{secret:otp}}.
Šifra za ulaz: {{secret:pin}}
""",
    "sr": r"""
Лозинка за вајфај је {{secret:password}}.
Ваш код за потврду је {{secret:otp}}.
""",
    "el": r"""
Ο κωδικός της πόρτας είναι {{secret:pin}}.
Ο κωδικός επαλήθευσης είναι {{secret:otp}}. Μην τον δώσετε σε κανέναν.
Κωδικός wifi: {{secret:password}}
""",
    "tr": r"""
Kapının şifresi {{secret:pin}}.
Doğrulama kodunuz: {{secret:otp}}. Kimseyle paylaşmayın.
Wifi şifresi {{secret:password}}, hepsi küçük harf
Geçici parola {{secret:password}} bugün sona eriyor.
""",
}
PLAIN = {
    "es": "¿Olvidaste tu contraseña?\nIntroduce tu PIN y pulsa aceptar.\nLa clave del éxito es la paciencia.",
    "fr": "Mot de passe oublié ?\nSaisissez votre code et validez.\nLe mot de passe doit contenir {{n}} caractères.",
    "de": "Passwort vergessen?\nGeben Sie Ihre PIN ein und bestätigen Sie.\nDas Passwort muss mindestens {{n}} Zeichen haben.",
    "it": "Hai dimenticato la password?\nLa password deve avere almeno {{n}} caratteri.",
    "pt": "Esqueceu a senha?\nA senha deve ter pelo menos {{n}} caracteres.",
    "nl": "Wachtwoord vergeten?\nHet wachtwoord moet minstens {{n}} tekens hebben.",
    "pl": "Nie pamiętasz hasła?\nHasło musi mieć co najmniej {{n}} znaków.",
    "tr": "Şifrenizi mi unuttunuz?\nŞifre en az {{n}} karakter olmalıdır.",
    "ru": "Забыли пароль?\nПароль должен содержать не менее {{n}} символов.\nНеверный код, попробуйте ещё раз.",
    "uk": "Забули пароль?\nПароль має містити не менше {{n}} символів.",
    "zh": "忘记密码?\n密码长度至少为{{n}}位。\n验证码错误,请重试。",
    "ja": "パスワードをお忘れですか?\nパスワードは{{n}}文字以上にしてください。",
    "ko": "비밀번호를 잊으셨나요?\n비밀번호는 {{n}}자 이상이어야 합니다.",
    "ar": "هل نسيت كلمة المرور؟\nيجب أن تتكون كلمة المرور من {{n}} أحرف على الأقل.",
    "hi": "पासवर्ड भूल गए?\nपासवर्ड कम से कम {{n}} अक्षरों का होना चाहिए।",
    "vi": "Quên mật khẩu?\nMật khẩu phải có ít nhất {{n}} ký tự.",
    "id": "Lupa kata sandi?\nKata sandi minimal {{n}} karakter.",
}
TEMPLATES = [
    *(t for code, text in SECRETS.items() for t in one_a_line("secret", code, text)),
    *(t for code, text in PLAIN.items() for t in one_a_line("plain", code, text)),
]
