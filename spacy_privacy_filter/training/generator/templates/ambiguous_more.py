"""More sentences in which a word is a name, and others in which the same word is none (English)."""

from __future__ import annotations

from .reading import one_a_line

PEOPLE = one_a_line(
    "names",
    "en",
    r"""
I had lunch with {{person:wordname}} and her brother {{person:wordname}}.
The flowers are from {{person:wordname}}.
cc {{person:wordname}} and {{person:wordname}} please
Ask {{person:wordname}}, she knows where the keys are.
Did {{person:wordname}} reply to your mail?
{{person:wordname}}'s flight lands at {{hour}}.
{{person:wordname}}’s laptop needs a new battery.
I borrowed {{person:wordname}}'s bike without asking.
{{person:wordname}} grew up in {{place}} and hates the cold.
{{person:wordname}}, can you send me the slides?
Can you send {{person:wordname}} the slides?
My boss {{person:wordfull}} is on the phone.
{{person:wordfull}} joined us from {{org}}.
{{person:wordfull}} (born {{date:birth}}) was admitted on {{date}}.
Signed, {{person:wordfull}}
Best regards,\n{{person:wordname}}
Love, {{person:wordname}} xx
Dear {{person:wordname}},\nthank you for the cake.
To: {{person:wordfull}}\nFrom: {{person:wordname}}
Speaker: {{person:wordname}}. Chair: {{person:wordfull}}.
{{person:wordname}} said no, {{person:wordname}} said maybe.
When {{person:wordname}} was six, the family moved to {{place}}.
It was {{person:wordname}} who broke the vase.
Neither {{person:wordname}} nor I saw the dog.
{{person:wordname}} has {{illness}} and takes {{drug}}.
Aunt {{person:wordname}} and Uncle {{person:wordname}} sent {{price}}.
little {{person:wordname}} lost a tooth today
The twins, {{person:wordname}} and {{person:wordname}}, start school.
{{person:wordname}} beat {{person:wordname}} {{score}}.
I gave {{person:wordname}} a lift to {{place}}.
Talk to {{person:wordname}} before you sign.
Reported by {{person:wordname}}, fixed by {{person:wordname}}.
@{{person:wordname}} please review #{{n}}
Reviewer: {{person:wordname}}; author: {{person:wordname}}
{{person:wordname}} → {{person:wordname}}: your turn
Happy birthday, {{person:wordname}}!
RIP {{person:wordname}}, best dog walker in {{place}}
Poor {{person:wordname}} has to work in {{ignored:May}}.
Old {{person:wordname}} still runs the shop.
{{person:wordname}}, {{n}}, likes tea and jazz.
ask {{person:wordlow}} about it
is {{person:wordlow}} coming or not
went to the beach with {{person:wordlow}} and {{person:wordlow}}
just talked to {{person:wordlow}}, its fine
tell {{person:wordlow}} i said hi
{{person:wordlow}}s mom called again
idk man {{person:wordlow}} never answers
lol {{person:wordlow}} is so done with us
{{person:wordlow}} and i are leaving at {{hour}}
hey {{person:wordlow}} u up?
from {{person:wordlow}}: buy milk
got a text from {{person:wordlow}} at {{hour}}
cc {{person:wordlow}}
its {{person:wordlow}} from work, save my number {{phone}}
where does {{person:wordlow}} live now? {{place}} i think
thx {{person:wordlow}}, ttyl
""",
)

WORDS = one_a_line(
    "decoy",
    "en",
    r"""
Will it rain? It will, and the wind will rise.
Where there is a will there is a way; the will was read on Monday.
Mark the date, mark my words, and check the mark on the box.
The mark lost value against the dollar.
By the grace of luck we had a grace period of {{n}} days.
They said grace before dinner.
May I come in? You may. It may rain in May.
The rose garden opens in May; prices rose by {{n}} percent.
Red rose, white rose, rose gold, rose hip tea
A hunter saw a deer; the treasure hunter found a coin.
Have faith; act in good faith; keep the faith.
To chase a ball is fun; the chase ended near {{place}}.
Chase raised its fees, and so did Wells Fargo.
To be frank, a frank talk is worth a lot.
Frank and open answers were rare.
The bill is due; the electricity bill is {{price}}.
The Senate passed the bill; a duck has a bill.
They may sue us; we could sue them too.
She drew a cat and drew the curtains; they drew {{score}}.
Use the jack to lift the car; the headphone jack is loose.
Jack of all trades, master of none
The art of war, art school, modern art, art supplies
The dean of the faculty and the dean of students met.
Victoria Station is closed; take the Victoria line.
Victoria sponge, Queen Victoria Street, Victoria Falls
Austin has great music; the Austin office is hiring.
Georgia exports peaches; the Georgia coast is flat.
Jordan borders the Dead Sea; the river Jordan is shallow.
New Jordan sneakers cost {{price}}.
Paris in April is crowded; the Paris agreement holds.
Brooklyn is across the bridge; a Brooklyn bakery won.
April showers, May flowers, June brides, August heat
In June and August the pool is open; closed in April.
Summer and autumn are short here; summer camp starts soon.
Dawn broke; at dawn the fog was thick.
Joy, hope and sky are short words.
I hope so. There is hope. We hope for rain.
The lily pond, a daisy chain, ivy on the wall, holly berries
A violet dress, an amber light, a jade ring, pearl earrings
The ruby ring and the pearl button are lost.
Olive oil, sage, basil, ginger and heather honey
Rob a bank? No. Pat the dough. A ray of light.
The grant was approved; grant access to all users.
Cash or card? Miles or points? A rich cake. A major road.
The earl, the duke and the king met the guy.
The dean, a baron, a bishop and a page enter.
River bank, brook trout, forest fire, cliff edge, reed bed
Colt revolvers, Dodge trucks, Lincoln limousines, Mercedes vans
Carter administration, Jackson Hole, Madison Avenue, Lincoln Center
Hudson River, Houston Street, Washington Square, Dallas airport
Sydney harbour, Melbourne, Adelaide and Perth
Florence is in Tuscany; Charlotte is in North Carolina.
will do, may be late, sue me lol
i mark essays all day, grace period ends in may
chase sent me a bill again, not paying
art class was fun, we drew a rose
jack up the price and they will bill u
hope the summer in austin is not that bad
paris was ok but georgia was better
ok frank question: who drew this
gonna chase the dawn, hunter moon tonight
a penny for the guy, buck the trend, case closed
the cooper makes barrels, the mason lays stones, the parker parks
Taylor expansion, Mason jar, Cooper pair, Hunter green
Carter makes baby clothes; Tyler is a city in Texas.
Angel wings, melody and harmony, destiny and chance
Phoenix rises from the ashes; Phoenix reached {{measure}}.
Savannah cats, Chelsea boots, Sydney opera, Madison wine
Norman architecture, Martin guitars, robin nests, jay walking
Virginia ham, Carolina reaper, Dakota winters
""",
)

TEMPLATES = [*PEOPLE, *WORDS]
