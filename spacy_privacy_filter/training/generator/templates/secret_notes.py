"""Secrets in letters, notes and talks of several lines, and warnings that hold none (English)."""

from __future__ import annotations

from .reading import between_rules, one_a_line

BLOCKS = between_rules(
    "secret",
    "en",
    r"""
Hi {{person:given#1}},

your account is ready.
Login: {{email#1}}
Password: {{secret:password}}

Please change it at {{url:full}}.
---
Username
{{handle}}
Password
{{secret:password}}
---
Website: {{url:domain}}
Login: {{email}}
Password: {{secret:password}}
Notes: renew before {{date}}
---
## Access

- Server: {{ip}}
- User: `deploy`
- Password: `{{secret:password}}`
- Token: `{{secret:key}}`
---
| What | Value |
|---|---|
| SSID | {{ignored:office-5g}} |
| Key | {{secret:password}} |
---
Your recovery codes

{{secret:recovery}}
{{secret:recovery}}
{{secret:recovery}}
{{secret:recovery}}

Each code works once.
---
1. {{secret:otp}}
2. {{secret:otp}}
3. {{secret:otp}}
(backup codes, print them)
---
WELCOME TO THE COTTAGE
Key safe: {{secret:pin}}
Wifi password: {{secret:password}}
Bin day: Tuesday
Host: {{person:given}}, {{phone}}
---
{{person:given#1}}: what's the code for the gate
{{person:given#2}}: {{secret:pin}}
{{person:given#1}}: thx
---
[{{date:stamp}}] {{handle}}: password?
[{{date:stamp}}] {{handle}}: {{secret:password}}
[{{date:stamp}}] {{handle}}: it says wrong
[{{date:stamp}}] {{handle}}: caps lock?
---
Agent: For verification, what is your phone password?
Caller: It's {{secret:password}}.
Agent: Thank you. And the last order?
Caller: {{order}}.
---
Ticket {{order}}
Summary: secret in repository
Value found: {{secret:key}}
File: {{file}}, line {{n}}
Status: open
---
Credentials for the demo
  admin@{{ignored:demo.test}}  {{secret:password}}
  guest@{{ignored:demo.test}}  {{secret:password}}
---
To whom it may concern: my digital estate.
Mail {{email}}: {{secret:password}}
Phone: {{secret:pin}}
Wallet: {{secret:seed}}
---
Wi-Fi
{{ignored:Cafe Luna}}
{{secret:password}}
Enjoy your coffee!
---
Q: Which password did you set?
A: {{secret:password}}
Q: And before?
A: {{secret:password}}
""".strip("\n"),
)

# The same words without a secret behind them.
DECOYS = one_a_line(
    "decoy",
    "en",
    r"""
Your password must have at least {{n}} characters, one digit and one mark.
Password changed successfully.
Forgot your password? Reset it here.
Enter your PIN and press OK.
Invalid verification code. Please try again in {{n}} seconds.
We will never ask for your password, PIN or recovery phrase.
The API key is stored in the vault, ask the {{job}}.
Rotate all tokens every {{n}} days.
password: ........
PASSWORD=<your password here>
api_key = os.environ["API_KEY"]
token: ${TOKEN}
export API_KEY=$(cat key.txt)
Authorization: Bearer <token>
client_secret: YOUR_CLIENT_SECRET
secret: (not shown)
Never write the door code on the door.
Wifi is free for guests, ask at the desk.
Two-factor codes arrive by text message within {{n}} seconds.
The hash of the release is {{hash}}{{hash}}.
A passphrase of six words is better than a short password.
The secret of good bread is time; the key is the flour.
Access token expired at {{hour}}, refresh it.
Error: wrong password, {{n}} attempts left
Pass the salt, pin the note to the board, and code on.
Secret garden, open daily until {{hour}}.
""",
)

TEMPLATES = [*BLOCKS, *DECOYS]
