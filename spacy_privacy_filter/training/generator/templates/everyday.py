"""Greetings, titles, requests, markup, devices and firms: what stands around a name or a number."""

from __future__ import annotations

from .reading import one_a_line

NAMES = one_a_line(
    "names",
    "en",
    r"""
Hello {{person:given}}, hope all is well.
Hi {{person:family}}, the files are attached.
Hey {{person:family}}, lunch at {{time}}?
Good morning {{person:given}}, here is the plan.
Morning {{person:family}}, any news?
Afternoon {{person:family}}, did {{order}} arrive?
Evening {{person:full}}! Just a reminder.
Dear {{person:full}},\n\nThank you for your letter of {{date}}.
Dear Mr {{person:family}},\n\nWe have received your form.
Dear Mrs. {{person:family}}, your order {{order}} is on its way.
Dear Madam, please check the file of {{person:full}}.
{{person:given}}, did the courier come?
{{person:given}}, please send the form by {{date}}.
{{person:given}} please print {{order}}
{{person:family}} please confirm receipt of {{order}}.
Thanks so much, {{person:given}}! By the way, I need the number.
What a lovely cake, {{person:given}}! Call me.
Take your time, {{person:given}}.
Note to {{person:given}}: the bins go out on {{date}}.
Reminder for {{person:family}}: bring the form.
Mstr {{person:full}} is in year {{n}}.
Mstr {{person:given}} forgot his coat.
Miss {{person:family}} teaches music.
Mayor {{person:family}} opened the bridge.
Alderman {{person:family}} gave a speech in {{city}}.
Letter to Alderwoman {{person:full}}
Councillor {{person:family}} voted against.
Judge {{person:full}} adjourned the case.
Lord {{person:family}} and Lady {{person:family}} were there.
Countess {{person:family}} sold the house.
Rev. {{person:full}} said grace.
Father {{person:given}} visited the ward.
Sister {{person:given}} is on night duty.
Capt. {{person:family}} signed the log.
COL {{person:family}} approved the leave.
Sgt. {{person:family}} and Lt {{person:family}} took statements.
Nurse {{person:family}} gave {{drug}} {{measure}} at {{time}}.
Tenant Mrs {{person:family}} paid late.
Patient {{person:given}} was seen by Dr {{person:full}}.
Attn: Dr {{person:full}}\nWard {{n}}
Sent to Dr {{person:full}}, Dermatology
Dr. {{person:given}} {{ignored:of}} the clinic in {{city}}
Dr. {{person:full}} is on call tonight.
Dr. {{person:full}} treats horses.
Tenant: Mr {{person:family}}\nSince: {{date}}
Name: Ms. {{person:full}}\nPhone: {{phone}}
Legal name: {{person:full}} of {{firm}}
Painted by {{person:family}} of {{firm}}.
{{person:full}}, a baker at {{firm}}, won.
{{person:full}} from {{firm}} and {{person:full}} from {{firm}} met in {{city}}.
{{firm}} appointed {{person:full}} as {{job}}.
{{person:family}} ({{firm}}) asked for the minutes.
Mr. {{person:full}} sued {{firm}} twice.
Guest {{n}}: {{person:full}}, {{job}}
Client: {{person:full}} ({{account:customer}})
Registered owner {{person:family}}, plate {{account:plate}}.
The boat was rented by {{person:family}}.
Key holder: {{person:given}}. Spare key: {{person:given}}.
For our cook {{person:given}}, work starts at six.
{{person:given}} is {{n}} years old and plays as {{handle}}.
{{person:given}} ({{n}}) lives with {{person:given}} ({{n}}).
Choir with {{person:full}} | {{time}} | Hall {{n}}
{{person:given}} called from {{firm}}
Authorised by: Dr. {{person:initial}}, provider, date: {{date}}
Cook: {{person:full}}<br>Menu of {{date}}
Pilot: {{person:given}}<br>Flight {{order}}<br>Day: {{date}}
Payee: {{person:full}}<br/>At: {{firm}}<br/>BIC: {{account:bic}}
<p>{{person:given}} feeds the cat on {{date}}.</p>
<div>Driver: {{person:full}}</div><div>Bus {{n}}</div>
<li>{{person:full}}</li><li>{{person:full}}</li>
<td>{{person:family}}</td><td>{{person:given}}</td><td>{{phone}}</td>
<b>{{person:full}}</b> wrote on {{date}}:
<p> We, {{person:full}} and {{person:full}}, marry. </p>
{"patient": "{{person:full}}", "doctor": "{{person:full}}"}
**Owner:** {{person:full}}
**Bill of {{person:full}}**
- **Contact**: {{person:full}}, {{phone}}
Lost dog\nOwner: {{person:full}}\nCall: {{phone}}
Poem by {{person:full}}\n\nSpring
Costumes: {{person:family}}
Minutes\n\n{{person:full}}\n\nItem {{n}}
{{person:full}} won the raffle.
{{person:full}} mends bicycles in {{city}}.
{{person:full}} has family in {{city}}.
{{person:given}} moved to {{address}}.
{{person:given}} of {{firm}} was right.
your songs are great {{person:given}}!
{{person:low}} your songs are great
happy birthday {{person:low}}!!!
who told {{person:low}} about the party
is {{person:low}} coming or not
its {{person:low}} here not {{person:low}}
he looks just like {{person:low}} lol
poor {{person:low}} he did nothing
ask {{person:low}} to drive you
{{person:low}} hahahaha
{{person:full}} hahahaha
omg {{person:full}} lmao
{{person:full}} is so funny tho
we want {{person:full}} back
my cousins {{person:low}}, {{person:low}} and {{person:low}}
""",
)

NUMBERS = one_a_line(
    "account",
    "en",
    r"""
IMEI: {{account:device}}
PHONE IMEI {{account:device}}, phone {{phone}}
Device {{account:device}} belongs to {{person:full}}.
Serial {{account:device}}, contact ({{phone}}).
Call ({{phone}}) or write to <{{email}}>.
Lines ({{phone}}), ({{phone}})
Mobile {{phone}}; card {{account:card}}; password {{secret:password}}
Our IBAN ({{account:iban}}) is new, our phone ({{phone}}) is not.
{{phone}} in {{place}}: nobody answers.
Passport {{account:passport}}; tel {{phone}}; tax {{account:tax}}; {{date}}.
Bring {{account:customer}} and {{account:license}} to {{address}}.
In need call {{phone}}. Policy {{account:policy}}. Place, date: ________
Account {{account:bank}}, not {{number}}.
ID {{account:passport}} valid, IMEI {{account:device}} blocked.
Email on {{email}}, phone on {{phone}}, ticket {{order}}.
Invite {{email}} to [{{file}}].
I got {{email}}'s reply and {{email}}'s bounce.
{{email}} becomes {{email}} on {{date}}.
mails to {{email}} and texts to {{phone}}
""",
)

DECOYS = one_a_line(
    "decoy",
    "en",
    r"""
Agent: {{agent}}
{{ip}} - - "GET / HTTP/1.1" 200 {{n}} "{{agent}}"
Opened at {{time}}, closed at {{time}}, {{n}} users.
Down at {{time}}, up at {{time}} after {{measure}}.
{{agent}} asked for {{file}}, {{price}}
{{firm}} announced new jobs in {{place}}.
{{firm}} and {{firm}} settled for {{price}}.
Organisation: {{firm}}.
Employer: {{firm}}\nSector: steel
Ask at the desk of {{firm}}.
{{firm}} grew; {{firm}} shrank by {{measure}}.
Seating plan for coach {{n}}
Summer Course Timetable\n| Week {{n}}: Making Friends | Open Studio |
Jobs: Farrier, Stoker, Usher, Welder
Thieves caught; Neighbours relieved; Windows mended.
Password: changed. Job: retired. Status: single.
{{place}} farmers expect rain.
{{place}} students won the quiz.
Downing Street said nothing; the Kremlin denied it.
Batch {{number}}, bill {{order}}, crate {{order}}, {{measure}}
{{order}} and {{order}}, {{measure}} each
version {{version}}, build {{number}}, commit {{hash}}, {{time}}
Swimming Badge\n\nHello! The lake is open.
Hilltop Day Centre is closed; Mill Lane Surgery is open.
The Landlord shall repair the roof; the Tenant shall tell the Agent.
NO SMOKING; NO PETS. The Tenant undertakes to clean.
""",
)

TEMPLATES = [*NAMES, *NUMBERS, *DECOYS]
