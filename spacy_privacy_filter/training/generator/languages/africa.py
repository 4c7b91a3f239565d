# ruff: noqa: E501  (one list a line)
"""Languages of Africa."""

from __future__ import annotations

TEXT = """
code am
ids ፋይዳ ቁጥር=fayda; የመታወቂያ ቁጥር=digits10; ፓስፖርት=passport
words ታካሚ; ደንበኛ; ስም; የትውልድ ቀን; ስልክ; ሞባይል; አድራሻ; ፖስታ ቁጥር; ኢሜይል; ጉብኝት; ቀጣይ ቀጠሮ; ዕድሜ {}; የፋይል ቁጥር; የሂሳብ ቁጥር; ትክክለኛ; የይለፍ ቃል; ድረ ገጽ
given አበበ መሠረት ዳዊት ትዕግስት ተስፋዬ ሰላም ብርሃኑ ሄለን ዮናስ ሳራ ማርታ ሙሉጌታ ከበደ አልማዝ ታደለ ወርቅነሽ ጌታቸው እመቤት ሰለሞን ሂሩት ኤርሚያስ ራሄል ግርማ ፀሐይ ደረጀ ብሩክ መቅደስ ቴዎድሮስ ቤተልሔም አስቴር ናሆም ሀና ሚካኤል ሊዲያ ፍቅሩ እየሩሳሌም ኃይሉ ገነት በላይ ዘነበች ሀብታሙ አዜብ ሙሉ ያሬድ እስራኤል ጽዮን አማኑኤል ሩት ካሳሁን ሜሮን ዮሐንስ
family ታደሰ መኮንን ኃይሌ ወልደ ገብረ ተክለ አሰፋ በቀለ ደምሴ አያሌው ይልማ ገብሬ ወርቁ ነጋሽ አበራ ሙላቱ ዓለሙ ተሰማ ፈለቀ ሽፈራው ንጉሤ ዘለቀ ደሳለኝ አድማሱ ወንድሙ ጥላሁን ባልቻ ማሞ ከተማ ገብረማርያም ከበደ ተስፋዬ
place ኢትዮጵያ | ቦሌ መንገድ, ቸርችል ጎዳና, መገናኛ | አዲስ አበባ, ሐዋሳ, ባሕር ዳር | 1### | {street} {no}, {city} ; {city}, {street} {no}
phone +251 9## ######; 09## ## ## ##; 09########
plain ዛሬ ዝናብ ይዘንባል | መድኃኒቱን በቀን {{n}} ጊዜ ይውሰዱ | ሱቁ እሁድ ዝግ ነው
frames {{person:full}} በ{{date}} መጡ። | እባክዎ {{person:full}}ን በ{{phone}} ይደውሉ።

code sw
ids kitambulisho=kenya_id; NIDA=digits12; namba ya kitambulisho=kenya_id; KRA PIN=passport; pasipoti=passport
words Mgonjwa; Mteja; Jina; Tarehe ya kuzaliwa; Simu; Simu ya mkononi; Anwani; Msimbo wa posta; Barua pepe; Ziara; Ziara ijayo; umri miaka {}; Namba ya faili; Namba ya akaunti; halali; Nenosiri; Tovuti
place Kenya | Moi Avenue, Barabara ya Uhuru, Kenyatta Avenue | Nairobi, Mombasa, Dar es Salaam, Arusha | 00### | {no} {street}, {city} {post} ; {street} {no}, {city}
phone +254 7## ######; 07## ### ###; +255 7## ### ###
months Januari Februari Machi Aprili Mei Juni Julai Agosti Septemba Oktoba Novemba Desemba
plain leo mvua itanyesha | meza dawa mara {{n}} kwa siku baada ya kula | basi limechelewa dakika {{n}} | duka limefungwa Jumapili
frames {{person:full}} alikuja tarehe {{date}}. | Tafadhali mpigie {{person:given}} kwa {{phone}}.

code zu
ids inombolo kamazisi=sa_id; umazisi=sa_id; ipasipoti=passport
words Isiguli; Ikhasimende; Igama; Usuku lokuzalwa; Ucingo; Iselula; Ikheli; Ikhodi yeposi; I-imeyili; Ukuvakasha; Ukubuya; iminyaka engu-{}; Inombolo yefayela; Inombolo ye-akhawunti; iyasebenza; Iphasiwedi; Iwebhusayithi
place iNingizimu Afrika | Nelson Mandela Drive, Church Street, Long Street | Durban, Pietermaritzburg, Soweto | 4###, 1### | {no} {street}, {city} {post}
phone 08# ### ####; +27 7# ### ####
plain namuhla liyana izulu | phuza umuthi izikhathi ezi-{{n}} ngosuku | isitolo sivaliwe ngeSonto
frames U-{{person:full}} ufike ngo-{{date}}. | Sicela ushayele u-{{person:given}} ku-{{phone}}.

code xh
ids inombolo yesazisi=sa_id; isazisi=sa_id; ipasipoti=passport
words Isigulana; Umthengi; Igama; Umhla wokuzalwa; Ifowuni; Iselfowuni; Idilesi; Ikhowudi yeposi; I-imeyile; Utyelelo; Utyelelo olulandelayo; iminyaka eyi-{}; Inombolo yefayile; Inombolo yeakhawunti; iyasebenza; Igama lokugqitha; Iwebhusayithi
given Sipho Nomsa Thandi Luthando Zukiswa Mzwandile Ayanda Lindiwe Siyabonga Nolwazi
family Mbeki Ngcobo Dlamini Mfengu Jabavu Sobukwe Ndlovu Mkhize Gqola Tshabalala
place uMzantsi Afrika | Long Street, Oxford Road, York Road | Mthatha, East London, Cape Town | 5###, 8### | {no} {street}, {city} {post}
phone 08# ### ####; +27 7# ### ####
plain namhlanje kuyanetha | sela iyeza izihlandlo ezi-{{n}} ngemini | ivenkile ivaliwe ngeCawa
frames U-{{person:full}} ufike ngo-{{date}}. | Nceda utsalele u-{{person:given}} ku-{{phone}}.

code yo
ids NIN=nin; nọ́mbà ìdánimọ̀=nin; BVN=digits11; ìwé ìrìnnà=passport
words Aláìsàn; Oníbàárà; Orúkọ; Ọjọ́ ìbí; Fóònù; Alágbèéká; Àdírẹ́sì; Kóòdù ìfìwéránṣẹ́; Ímeèlì; Ìbẹ̀wò; Ìbẹ̀wò tó kàn; ọmọ ọdún {}; Nọ́mbà fáìlì; Nọ́mbà àkáǹtì; ó péye; Ọ̀rọ̀ aṣínà; Ojú òpó
place Nàìjíríà | Allen Avenue, Awolowo Road, Òpópónà Ìbàdàn | Ìbàdàn, Èkó, Abẹ́òkúta | 1##### | {no} {street}, {city}
phone 080########; +234 80# ### ####
plain òjò máa rọ̀ lónìí | lo oògùn yìí ní ẹ̀ẹ̀mejì lójúmọ́ | ọjà ti ṣí
frames {{person:full}} wá ní {{date}}. | Ẹ jọ̀wọ́ ẹ pe {{person:given}} ní {{phone}}.

code ig
ids NIN=nin; nọmba njirimara=nin; BVN=digits11; paspọtụ=passport
words Onye ọrịa; Onye ahịa; Aha; Ụbọchị ọmụmụ; Ekwentị; Ekwentị mkpanaka; Adreesị; Koodu nzipu ozi; Email; Nleta; Nleta ọzọ; afọ {}; Nọmba faịlụ; Nọmba akaụntụ; ziri ezi; Okwuntughe; Weebụsaịtị
given Chidi Ngozi Emeka Amara Obinna Chioma Ifeanyi Nneka Uche Adaobi Kelechi Ogechi
family Okafor Okonkwo Eze Nwosu Obi Onyeka Nwachukwu Okeke Anyanwu Ibekwe
place Naịjirịa | Zik Avenue, Ogui Road, Aba Road | Enugwu, Onitsha, Aba | 4##### | {no} {street}, {city}
phone 080########; +234 80# ### ####
plain mmiri ga-ezo taa | ṅụọ ọgwụ ugboro {{n}} kwa ụbọchị | ahịa mepere
frames {{person:full}} bịara na {{date}}. | Biko kpọọ {{person:given}} na {{phone}}.

code ha
ids NIN=nin; lambar shaida=nin; BVN=digits11; fasfo=passport
words Mara lafiya; Abokin ciniki; Suna; Ranar haihuwa; Waya; Wayar hannu; Adireshi; Lambar gidan waya; Imel; Ziyara; Ziyara ta gaba; shekaru {}; Lambar fayil; Lambar asusu; ingantacce; Kalmar sirri; Shafin yanar gizo
given Aminu Fatima Musa Hauwa Sani Zainab Ibrahim Aisha Bello Halima Garba Maryam
family Danjuma Abubakar Bello Yusuf Sani Lawal Garba Aliyu Shehu Dikko
place Nijeriya | Titin Ahmadu Bello, Zoo Road, Titin Kasuwa | Kano, Kaduna, Sakkwato | 7##### | {no} {street}, {city}
phone 080########; +234 80# ### ####
plain yau za a yi ruwa | a sha magani sau {{n}} a rana | kasuwa a bude take
frames {{person:full}} ya zo ranar {{date}}. | Don Allah a kira {{person:given}} a {{phone}}.

code af
ids ID-nommer=sa_id; identiteitsnommer=sa_id; belastingnommer=digits10; paspoort=passport
words Pasiënt; Kliënt; Naam; Geboortedatum; Telefoon; Selfoon; Adres; Poskode; E-pos; Besoek; Opvolg; {} jaar oud; Lêernommer; Rekeningnommer; geldig; Wagwoord; Webwerf
given Pieter Annelie Johan Marlene Hendrik Elsabé Gert Riana Kobus Ilse Thabo Chantelle
family Botha Pretorius Venter Coetzee Nel Steyn Fourie Kruger Viljoen Mokoena Swart
place Suid-Afrika | Kerkstraat, Voortrekkerweg, Langstraat, Bergsig | Pretoria, Stellenbosch, Bloemfontein | 0###, 7### | {street} {no}, {city} {post} ; {street} {no}, {city}, {post}
phone 08# ### ####; +27 8# ### ####
months Januarie Februarie Maart April Mei Junie Julie Augustus September Oktober November Desember
plain dit gaan vandag reën | drink die pille {{n}} keer per dag na ete | die winkel is Sondag toe | watter rekenaar is goed vir skool?
frames {{person:full}} het op {{date}} gekom. | Bel asseblief vir {{person:given}} by {{phone}}.
"""
