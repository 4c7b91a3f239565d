"""Names that are also words, places, months or firms, used in both ways; short business notes."""

from __future__ import annotations

from .reading import one_a_line

PEOPLE = one_a_line(
    "names",
    "en",
    r"""
{{person:wordname}} signed the form.
{{person:wordname}} called twice and left a message.
Ask {{person:wordname}} whether the parcel came.
I told {{person:wordname}} that {{place}} is too hot in summer.
{{person:wordname}}'s desk is next to the printer.
{{person:wordname}} and {{person:wordname}} share an office.
Hey {{person:wordname}}, are you free later?
Hey {{person}}, quick question about {{topic}}.
Hi {{person:wordname}}!
Thanks {{person:wordname}}, see you soon.
My sister {{person:wordname}} moved to {{place}}.
{{person:wordname}} will be on leave in May.
Will {{person:wordname}} join us?
Maybe {{person:wordname}} can mark the papers.
Dr. {{person:family}} will see you now.
Mr. {{person:family}} and Mrs. {{person:family}} arrived late.
Prof. {{person:family}}'s lecture is moved to room {{n}}.
Ms {{person:family}}, please take a seat.
Sir {{person:full}} opened the exhibition.
{{person:family}} is not in today.
{{person:family}} approved the budget of {{price}}.
Please give {{person}} permission for the shared drive.
Grant permission for {{person:full}} to open the archive.
Remind {{person}} that the trip starts on {{date}}.
Reminder {{person}}, your visit is at {{hour}}.
Assign ticket {{order}} to {{person}}.
Approved by {{person:family}}, pending {{person:family}}.
{{person}}: ok. {{person}}: not ok.
{{person:full}}, {{person:full}} and {{person:full}} attended; {{person:family}} excused.
Team: {{person}}, {{person}}, {{person}}
{{person:initial}} reviewed, {{person:initial}} merged.
cc {{person}}, {{person}}
fao {{person:full}}
c/o {{person:full}}, {{address}}
Book {{person}} on the early train to {{place}}.
{{person}} booked a table for {{n}}.
Transfer the call to {{person:family}} in accounts.
{{person:full}}'s contract ends; {{person:given}} knows.
{{person:full}}’s mother and {{person:given}}’s father met.
Is {{person:full}} still at {{org}}?
{{org}} hired {{person:full}} from {{place}}.
{{person:full}} of {{org}} flew to {{place}}.
Neither {{place}} nor {{org}} suited {{person}}.
omg poor {{person:given}}
omg poor {{person:low}}
aww {{person:given}} is so cute in that video
aww {{person:low}} is so cute in that video
cant believe {{person:full}} said that smh
cant believe {{person:low}} said that smh
{{person:full}} just dropped a new album and im crying
{{person:low}} just dropped a new album and im crying
{{handle}} did u see {{person:full}} last nite
{{handle}} omg did u see {{person:low}} last nite
RT {{handle}} {{person:full}} for president lol
rt {{handle}} {{person:low}} for president lol
ok but why is {{person:given}} like this
ok but why is {{person:low}} like this
happy bday {{person:given}} ily
happy bday {{person:low}} ily
{{handle}} {{handle}} {{person:given}} is late again haha
{{handle}} {{handle}} {{person:low}} is late again haha
THE WAY {{person:full}} SCREAMED
{{person:full}} vs {{person:full}} tonight, who wins?
{{person:low}} vs {{person:low}} tonight, who wins?
miss u {{person:given}}, call me at {{phone}}
miss u {{person:low}}, call me at {{phone}}
shoutout to {{person:given}} and {{person:given}} for the ride
shoutout to {{person:low}} and {{person:low}} for the ride
{{person:full}} was robbed, worst award show ever
nobody: ... {{person:given}}: lets go swimming
""",
)

NOT_PEOPLE = one_a_line(
    "decoy",
    "en",
    r"""
{{place}} is a state with many rivers.
{{place}} is lovely in spring.
The flight to {{place}} was late.
{{place}} High School won the science fair.
The {{place}} office is closed on Monday.
A student of Walt Whitman High School wrote this essay.
Lincoln Elementary School needs new chairs.
The nearest Chase branch opens at {{hour}}.
Go to the Chase branch and ask for a new card.
Owens-Holmes Ltd delivers office chairs.
Baker, Cook and Sons Ltd went out of business.
Credit Karma shows a score of {{n}}{{n}}.
Marshall amps are loud, Fender amps are clean.
Hunter boots are on sale for {{price}}.
Ford, Tesla and Ferrari raised their prices.
Morgan Stanley and Wells Fargo cut rates by {{n}} points.
The Taylor series converges for all x.
We sail past Cape May in june.
May is warm and April is wet; august is dry.
Will you mark the test by May?
I will chase the invoice tomorrow.
Grant funding will rise by {{n}} percent.
Hope is not a plan, and faith is not a method.
The rose and the lily bloom in summer.
Frank answers are rare; bill me later.
Art and joy are free. Pat the dog, drew a card, sue nobody.
Jack up the car and rob nobody of sleep.
A penny saved; ruby, amber and jade are stones.
Dear customer, dear colleague, dear friend,
Hey guys, hey team, hey everyone!
Hey there, any news on {{topic}}?
Morning all, the {{job}} is late.
Mr. Coffee and Mrs. Fields are brands.
Ask the doctor, the nurse, the boss, mum or grandpa.
The Borrower shall pay the Lender all Fees when due.
The Lender may assign this Agreement without the consent of the Borrower.
"Business Day" means any day other than a Saturday or Sunday.
"Affiliate", "Agent" and "Collateral" have the meanings given in Section {{n}}.
WAIVER OF JURY TRIAL. EACH PARTY WAIVES ITS RIGHT TO A TRIAL BY JURY.
GOVERNING LAW; JURISDICTION. This Agreement is governed by the laws of {{place}}.
ARTICLE {{n}}\nREPRESENTATIONS AND WARRANTIES
Section {{n}}.{{n}} Notices. All Notices to the Administrative Agent shall be in writing.
The Tenant, the Landlord and the Guarantor agree as follows:
IN NO EVENT SHALL THE COMPANY BE LIABLE FOR INDIRECT DAMAGES.
The Indemnified Party shall notify the Indemnifying Party within {{n}} days.
Schedule {{n}} lists the Purchased Assets and the Excluded Liabilities.
TABLE OF CONTENTS\nDefinitions {{n}}\nPayment {{n}}\nTermination {{n}}
The Holder of this Note may declare the Principal Amount due, {{price}}.
Employee shall not disclose Confidential Information of the Employer.
lol smh fr fr no cap, this slaps
bruh im dead 💀 that was wild
omg yesss slay queen, literally me
ngl the vibes were off tonight tbh
bestie pls, sis went OFF
{{handle}} lmao same
{{handle}} {{handle}} ikr!! cant wait
WHY IS IT SO HOT TODAY
I CANT EVEN RIGHT NOW OMG
good morning twitter, happy friday
babe, honey, sweetie, dude, buddy: which one is worst?
""",
)

FORUM = one_a_line(
    "decoy",
    "en",
    r"""
how do i get rid of a cold fast? ive had it for {{n}} days
is it normal to feel tired after {{n}} hours of sleep
my stomache hurts when i eat bread, what could it be?
can a {{n}} year old take {{drug}} or is it to strong
i weigh {{measure}} and want to loose {{n}} pounds by summer, any tips??
whats the differance between a virus and a bacteria
my computer keeps freezing since i installed {{product}}, help!!
how much ram do i need for {{product}}? i have {{measure}} now
why wont my printer print in color, i changed the ink {{n}} times
best free program to edit videos? i only have {{price}}
how do i recover deleted photos from {{product}}
solve for x: {{n}}x + {{n}} = {{n}}, show your work plz
what is the area of a circle with radius {{measure}}
need help with my history homework, why did the war start in {{year}}
who invented the telephone and the light bulb?
what is a metaphor, can someone give me {{n}} examples
which team will win the cup this year, final score {{score}}?
who is the best goalie in the league right now
how many laps should i swim to burn {{n}} calories
is {{n}} to old to start playing the drums?
my girlfriend wont talk to me for {{n}} days, what should i do
my husbands mother keeps coming over without calling
how do i tell my parents i failed the test
my {{n}} year old wont sleep in her own bed
should i tell my bestfriend i like her?
our dog eats grass every morning, is that bad
how long do i boil eggs, {{n}} or {{n}} minutes?
whats a good gift under {{price}} for a {{n}} year old boy
how much should i pay for a used {{product}} with {{n}} thousand miles
can i return {{product}} without a reciept after {{n}} days
does anyone no a good recipe for banana bread
why is the sky blue and the sunset red
is it true that we only use {{n}} percent of our brain
what does it mean when a guy looks at you for {{n}} seconds
how do i become a {{job}}, do i need a degree
what is the minimum wage for a {{job}} in {{place}}
do i have to pay taxes if i earn less than {{price}}
what happens if i dont pay my credit card for {{n}} months
can my landlord raise the rent by {{n}} percent
where can i watch old cartoons online for free
what was that movie where the robot falls in love
is god real? serious answers only please
how far is {{place}} from {{place}} by car
cheap hotels in {{place}} for {{n}} nights?
what size is {{n}} in us shoes
i have {{illness}}, can i still fly to {{place}}?
my knee clicks when i run more then {{measure}}
is {{product}} worth {{price}} or should i wait for black friday
why do cats purr and dogs dont
how do you spell definately
""",
)

TEMPLATES = [*PEOPLE, *NOT_PEOPLE, *FORUM]
