# ruff: noqa: E501  (one template a line)
"""Sentences as people type them to each other, to a help desk or to an assistant (English)."""

from __future__ import annotations

from .reading import one_a_line

CHAT = one_a_line(
    "chat",
    "en",
    r"""
hey its {{person:given#1}}, my new number is {{phone}} pls save it
Hi {{person:given}}, it's {{person:given}} from next door. Can you call me on {{phone}} about {{topic}}?
yo {{person:given}} u coming on {{date:day}}? bring {{person:given}} too lol
omg {{person:given}} just told me {{person:full}} is getting married on {{date:day}} 😱
my addy is {{address}}, buzz {{n}} when ur here
{{person:given}}: are you home?\n{{person:given}}: nope still at work, back around {{hour}}\n{{person:given}}: ok text me
[{{date:stamp}}] {{person:given#1}}: did you see the news?\n[{{date:stamp}}] {{person:given#2}}: no, what happened
<{{person:given}}> anyone know where {{person:full}} lives now?\n<{{person:given}}> somewhere in {{city}} I think
Can someone send {{person:full#1}}'s email? I think it's {{email#1}} but it bounced
just moved!! new place is {{address}} come visit anytime xx
So {{person:given}} said to me, "{{person:given}}, you can't park there", and I was like whatever
RT {{handle}}: congrats to {{person:full}} on the new job as {{job}}!!
Happy birthday {{person:given}}!!! 🎂🎉 can't believe it's {{date:day}} already
lol {{person:full}} stole the show last night, best {{job}} ever
Missed call from {{person:full}} ({{phone}}) at {{hour}}
dm me or mail {{email}} if you want the tickets, {{price}} each
anyone selling a {{product}}? contact {{person:given#1}} at {{phone}} or {{email#1}}
I'm {{person:full}}, {{n}}, from {{city}}, and I love hiking with my dog {{ignored:Max}}
with {{person:given}} and {{person:given}} at the lake today, so much fun
thx {{person:given}}! will wire {{price}} to {{account:iban}} tonight
found a wallet with a card in the name of {{person:full}}, pls share so we find the owner
@{{ignored:everyone}} {{person:given}} is out sick, please cover the {{hour}} shift
Is this still {{person:full}}'s number? - {{person:given}}
reminder: dentist w/ dr {{person:family}} {{date}} at {{hour}}, bring insurance card {{account:member}}
no way!! {{person:family}} missed the penalty again, {{score}} 😭
watching {{person:full}} live on stage tonight in {{city}}
{{person:full}} is my favourite author, but {{person:full}} is close
Who's going to {{person:given}}'s party on {{date:day}}?
gm everyone, {{person:given}} here, first day as {{job}} at {{org}}
sry wrong chat, meant to send that to {{person:given}}
my ex {{person:full}} keeps texting me from {{phone}}, how do I block
""",
)

ASSISTANT = one_a_line(
    "assistant",
    "en",
    r"""
Please write a letter to my landlord {{person:full}}, {{address}}, about the broken heating.
Translate this into French: "Dear {{person:full}}, your appointment is on {{date}} at {{hour}}."
Summarise the following: {{person:full#1}} ({{email#1}}) asked for a refund of {{price}} on {{date}} because {{product}} arrived broken.
My name is {{person:full#1}} and I was born on {{date:birth}}. Can you help me fill in a passport form?
Help me draft an e-mail to {{person:given#1}} at {{email#1}} saying I can't make it on {{date:day}}.
I think someone opened an account in my name. My SSN is {{account:ssn}} and my DOB is {{date:birth}}. What do I do?
Why does curl fail with this header? Authorization: Bearer {{secret:jwt}}
What's wrong with my code? client = OpenAI(api_key="{{secret:key}}")
I forgot the password for {{email}}. I tried {{secret:password}} and {{secret:password}} but neither works.
You are a helpful assistant. The user is {{person:full#1}}, e-mail {{email#1}}, phone {{phone}}.
User: what is my policy number?\nAssistant: Your policy number is {{account:policy}}, valid until {{date}}.
Extract all names from: "{{person:full}}, {{person:full}} and {{person:full}} met in {{city}} in {{year}}."
Plan a trip for {{person:given}} and {{person:given}} leaving on {{date}} from {{address}}.
Rewrite more politely: {{person:given}}, pay me the {{price}} you owe me, my account is {{account:bank}}.
Is {{url}} a safe site? I got a text from {{phone}} telling me to log in there.
Could you check whether {{account:iban}} is a valid IBAN?
Make a table of my contacts: {{person:full#1}} {{phone}}, {{person:full#2}} {{phone}}, {{person:full#3}} {{email#3}}.
Write a poem for my wife {{person:given}}; we met on {{date}} in {{city}}.
My Wi-Fi password is {{secret:password}} - is that strong enough?
Who lives at {{address}}?
I need a reference letter for {{person:full}}, who worked for me as {{job}} from {{date}} to {{date}}.
Give me a regex that matches phone numbers like {{phone}} and {{phone}}.
""",
)

SUPPORT = one_a_line(
    "support",
    "en",
    r"""
Customer {{person:full#1}} called on {{date}} regarding order {{order}}; call back at {{phone}}.
Thank you for contacting {{org}}. Please confirm your date of birth ({{date:birth}}) and the last digits of your card.
I was charged twice on my card {{account:card}}, please refund {{price}}.
My card number is {{account:card}}, expiry {{ignored:08/27}}, cvv {{ignored:312}}, name on card {{person:full}}.
Agent: May I have your full name?\nCaller: {{person:full}}.\nAgent: And the phone number on the account?\nCaller: {{phone}}.
Agent: what's the billing address?\nCustomer: {{address}}\nAgent: thanks, and the account number?\nCustomer: {{account:bank}}
Ship it to {{person:full}}, {{address}}. Phone for the courier: {{phone}}
Hi, I can't log in. Username {{handle}}, password {{secret:password}}. Thanks, {{person:given}}
Ticket #{{n}}{{n}}: {{person:full#1}} <{{email#1}}> reports error {{number}} on {{product}}.
Please update my address from {{address}} to {{address}} as of {{date}}.
The account holder is {{person:full}}, account {{account:bank}}, sort code {{account:sortcode}}.
Our driver {{person:given}} will arrive on {{date}} between {{hour}} and {{hour}} in a white van, plate {{account:plate}}.
My loyalty number is {{account:customer}} and my e-mail is {{email}}.
I want to cancel policy {{account:policy}} for vehicle {{account:vin}}, plate {{account:plate}}.
You can reach our {{job}} {{person:full#1}} directly: {{phone}} / {{email#1}}
Your temporary password is {{secret:password}}. Please change it at {{url}} within 24 hours.
Refund of {{price}} to card ending {{ignored:4821}} was approved by {{person:full}} on {{date}}.
We could not deliver parcel {{order}} to {{address}}. Book a new date at {{url}}
To verify your identity, send a copy of passport {{account:passport}} to {{email}}.
Patient {{person:full#1}} (NHS number {{account:nhs}}) would like to move the appointment to {{date}}.
My driver's license {{account:license}} expired on {{date}}, how do I renew?
Caller ID {{phone}}, no name given, asked about {{topic}}.
Direct deposit details: routing {{account:routing}}, account {{account:bank}}, name {{person:full}}.
Frequent flyer {{account:member}}, passenger {{person:sorted}}, flight {{ignored:LH454}} on {{date}}.
My employee ID is {{account:employee}} and I still can't see my payslip for {{ignored:March}}.
Send the crypto to {{account:crypto}} and mail the receipt to {{email}}
You may fax the form to {{phone}} or post it to {{address}}.
my student id is {{account:student}}, name {{person:full}}, can i get an extension til {{date:day}}
""",
)

PROSE = one_a_line(
    "prose",
    "en",
    r"""
{{person:full#1}} was born on {{date:birth}} in {{city}} and studied law before becoming a {{job}}.
According to {{person:full}}, a {{job}} at {{org}}, the project will cost {{price}}.
"We did not expect this," said {{person:full#1}}. {{person:family#1}} added that {{org}} would respond on {{date:day}}.
The award went to {{person:full}}, {{person:full}} and {{person:full}}, who shared {{price}}.
Mr {{person:family}} lives at {{address}} with his wife {{person:given}} and their {{n}} cats.
Dr. {{person:full}} and Prof. {{person:initial}} published the study in {{year}}.
Mrs. {{person:family}} told police that {{person:full}} had left the house at {{hour}} on {{date}}.
In {{year}}, {{person:full#1}} founded {{org}} together with a friend, {{person:full}}.
{{person:full}} (born {{date:birth}}) is a retired {{job}} from {{city}}.
Yesterday I met {{person:given}}, who used to work with {{person:full}} at {{org}}.
Neither {{person:family}} nor {{person:family}} was available for comment.
The house at {{address:street}} was sold on {{date}} for {{price}}.
Send applications to {{person:full#1}}, {{email#1}}, by {{date}}.
{{person:full}} scored twice as {{ignored:Rovers}} won {{score}}, with {{person:family}} in goal.
Captain {{person:family}} thanked {{person:initial}} and {{person:initial}} for their help.
Her lawyer, {{person:full}}, declined to say whether the letter of {{date}} was genuine.
Photo by {{person:full}}. Text: {{person:full}}. Editing: {{person:initial}}.
Sister {{person:given}} and Father {{person:family}} run the shelter near {{address:street}}.
My grandmother {{person:given}} always said that {{person:given}} would become a {{job}}.
By {{person:full}}, {{city}}, {{date}}
{{person:full}} v {{person:full}} was heard on {{date}} before Judge {{person:family}}.
The minutes were taken by {{person:initial}}; present: {{person:full}}, {{person:full}}, {{person:full}} (by phone).
Kind thanks to {{person:given}}, {{person:given}} & {{person:given}} for proofreading.
{{person:full}}, {{n}}, was taken to hospital after an accident on {{address:street}}.
The painter {{person:full#1}} never left {{city}}; {{person:family#1}}'s last work is dated {{date}}.
Nurse {{person:given}} asked me for my date of birth, {{date:birth}}, and I gave her my sister's, {{date:birth}}.
Visit us at {{address}}, call {{phone}} or see {{url}} for opening hours.
When {{person:given#1}} told {{person:given#2}} about {{topic}}, {{person:given#2}} laughed; {{person:given#1}} did not.
The witness identified the car (registration {{account:plate}}) as belonging to {{person:full}} of {{address}}.
Applicant {{person:sorted#1}}, passport {{account:passport}}, arrived in {{city}} on {{date}}.
""",
)

TEMPLATES = [*CHAT, *ASSISTANT, *SUPPORT, *PROSE]
