"""Secrets as people tell them: chat, mail, tickets, wikis, minutes, notes (English)."""

from __future__ import annotations

from .reading import one_a_line

TOLD = one_a_line(
    "secret",
    "en",
    r"""
So the login for the booking tool is {{email}} and you type {{secret:password}}.
If it asks for a password, just put {{secret:password}}
{{secret:password}} is what we all use in the lab.
{{secret:password}} <- new one, don't lose it this time
ok it's {{secret:password}} (mind the case)
no no, {{secret:password}}, all one word
sorry, typo: {{secret:password}}
that was the old one, now it's {{secret:password}}
did you try "{{secret:password}}"?
I think it is `{{secret:password}}` but not sure
Type '{{secret:odd}}' without the outer quotes.
The generated password contains odd characters: {{secret:odd}}
temp pass [{{secret:password}}] works once
Password ({{secret:password}}) expires in {{n}} days.
Password → {{secret:password}}
pass = {{secret:odd}} for the nas
Log on as guest, password {{secret:password}}; log off when done.
Grandma's tablet: {{secret:pin}}. Her laptop: {{secret:password}}.
{{person:given}} changed the Netflix password to {{secret:password}} again
tell {{person:given}} the printer wants {{secret:pin}}
The kids know the tablet code, it's {{secret:pin}}.
phone unlock {{secret:pin}} in case you need maps
My card PIN is {{secret:pin}}, take out {{price}} please.
pin {{secret:pin}}
PIN: {{secret:pin}}, PUK: {{secret:pin}}
SIM PIN {{secret:pin}} / PUK {{secret:otp}}
The code of the front door is {{secret:pin}}, then press enter.
Gate code {{secret:pin}}, parking on level {{n}}.
Key box on the left, code {{secret:pin}}. Check-in after {{hour}}.
lockbox: {{secret:pin}}
Alarm code {{secret:pin}}, you have {{n}} seconds.
Garage keypad {{secret:pin}}, side door {{secret:pin}}
Safe combination: {{secret:recovery}}
The combination of the bike lock is {{secret:pin}}.
Voicemail PIN {{secret:pin}}; to change it press {{n}}.
Conference room screen: code {{secret:pin}}
Meeting ID {{number}}, passcode {{secret:pin}}
Passcode: {{secret:password}}\nJoin here: {{url:full}}
{{secret:otp}} is your verification code.
Your verification code is {{secret:otp}}. Do not share it with anyone.
Your login code: {{secret:otp}}. It expires in {{n}} minutes.
{{secret:otp}} is your security code. Nobody from {{org}} will ask for it.
Use {{secret:otp}} to confirm your payment of {{price}} to {{org}}.
OTP for your transaction of {{price}} is {{secret:otp}}. Valid for {{n}} min.
Enter {{secret:otp}} on the sign-in page, or ignore this message.
can u send me the code u just got?\nyeah {{secret:otp}}
the 2fa code is {{secret:otp}} hurry
I read out {{secret:otp}} to the caller before I noticed it was a scam.
Authenticator setup key: {{secret:plainkey}}
Backup codes: {{secret:otp}}, {{secret:otp}}, {{secret:otp}}
Recovery key: {{secret:recovery}}
Keep your recovery code {{secret:recovery}} in a safe place.
Disk encryption recovery key: {{secret:recovery}}
Product key {{secret:recovery}} was used on {{n}} machines.
Activation key: {{secret:recovery}}
The licence is {{secret:recovery}}, registered to {{email}}.
Wifi: {{ignored:HomeNet}} / {{secret:password}}
wifi = {{secret:password}} (all together)
The wireless passphrase is {{secret:passphrase}}, with the blanks.
Guest wifi today: {{secret:password}}. Tomorrow it changes.
What's the wifi? - {{secret:password}}
hotspot pw {{secret:password}}, don't stream pls
My passphrase is "{{secret:passphrase}}".
The pass phrase for the key file: {{secret:passphrase}}
passphrase = {{secret:passphrase}}
Unlock the vault with the words {{secret:passphrase}}.
Enter your secret recovery phrase: {{secret:seed}}
I wrote down the {{n}} words: {{secret:seed}}
{{secret:seed}}\n\nthat's the wallet backup, hide it
They asked for my seed ({{secret:seed}}) and emptied the wallet.
Seed words for {{account:crypto}}: {{secret:seed}}
1Password master: {{secret:passphrase}}
master password {{secret:password}}, vault is on the stick
KeePass file on the share, password is {{secret:password}}.
The zip is protected. Password: {{secret:password}}
Attached is the payroll file; the password follows separately: {{secret:password}}
PDF opens with {{secret:pin}}
Bitlocker: {{secret:recovery}}
The root password of {{ip}} is {{secret:password}}; please store it in the vault.
To reach the camera at {{ip}} use admin and {{secret:password}}.
The intern pushed a key to the public repo: {{secret:key}}
Please delete my comment above, it has my token {{secret:key}} in it.
This key still works: {{secret:key}}. Please disable it before {{date}}.
We were charged {{price}} because {{secret:key}} leaked.
Could you whitelist our key, {{secret:key}}?
New key for production ({{secret:key}}) goes live on {{date}}.
Do not use {{secret:key}} anymore!
API key? {{secret:plainkey}}
The signing secret is {{secret:plainkey}}.
client id {{uuid}}, client secret {{secret:uuid}}
The client secret {{secret:uuid}} expires on {{date}}.
Set the shared secret to {{secret:plainkey}} on both ends.
pre-shared key {{secret:password}}, gateway {{ip}}
bot token: {{secret:bot}}
I made a bot and BotFather gave me {{secret:bot}}
The bot logs in with {{secret:bot}} and answers to {{handle}}.
The session cookie I copied was {{secret:plainkey}}.
Is it safe to post {{secret:jwt}} here?
Security question: first pet. Answer: {{secret:password}}
Mother's maiden name is the backup answer, I put {{secret:password}}.
The shadow file had {{secret:hash}} for root.
Hash: {{secret:hash}}
cracked {{secret:hash}} -> {{secret:password}}
old pw {{secret:password}} new pw {{secret:password}}
He guessed {{secret:password}}, {{secret:password}} and {{secret:password}}; the third one worked.
Passwords so far: {{secret:password}}; {{secret:password}}; {{secret:password}}
Worst passwords in the audit: "{{secret:password}}", "{{secret:password}}".
Our audit found that {{person:full}} uses {{secret:password}} on {{n}} accounts.
Hi {{person:given}}, the password for the portal is {{secret:password}}. Best, {{person:given}}
{{person:full}}, your initial password is {{secret:password}}, your user name {{handle}}.
IT reset my account; the password was {{secret:password}}, which I changed at {{hour}}.
Caller could not log in, gave password {{secret:password}} over the phone.
Customer wrote: "my password {{secret:password}} does not work since {{date}}".
Employee {{account:employee}} shares {{secret:password}} with a colleague.
Minutes: the password of the shared folder becomes {{secret:password}} from {{date:day}}.
Action item: {{person:given}} rotates {{secret:key}} by {{date}}.
Onboarding: mail {{email}}, start password {{secret:password}}, badge {{account:employee}}
Handover notes: router {{secret:password}}, NAS {{secret:password}}, alarm {{secret:pin}}.
""",
)

TEMPLATES = TOLD
