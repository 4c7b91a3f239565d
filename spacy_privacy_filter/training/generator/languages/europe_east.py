# ruff: noqa: E501  (one list a line)
"""Slavic languages and Hungarian."""

from __future__ import annotations

TEXT = """
code pl
ids PESEL=pesel; NIP=digits10; nr dowodu=passport; REGON=digits9; nr PESEL=pesel
words Pacjent; Klient; Imię i nazwisko; Data urodzenia; Tel.; Kom.; Adres; Kod pocztowy; E-mail; Wizyta; Kontrola; {} lat; Nr kartoteki; Nr konta; ważny; Hasło; Strona
plain jutro będzie ładna pogoda | lek przyjmować {{n}} razy dziennie po jedzeniu | pociąg jest opóźniony o {{n}} minut | jaki laptop do szkoły?
frames {{person:full}} był na wizycie {{date}}, PESEL {{account:pesel}}. | Proszę oddzwonić do p. {{person:family}}: {{phone}}.

code cs
ids rodné číslo=rodne; r.č.=rodne; číslo OP=digits9; IČO=digits8; č. pojištěnce=rodne
words Pacient; Klient; Jméno; Datum narození; Tel.; Mobil; Adresa; PSČ; E-mail; Návštěva; Kontrola; {} let; Číslo karty; Číslo účtu; platné; Heslo; Web
plain zítra bude hezky | lék užívejte {{n}}krát denně po jídle | vlak má {{n}} minut zpoždění | jaký notebook do školy?
frames {{person:full}} přišel dne {{date}}, rodné číslo {{account:rodne}}. | Zavolejte prosím paní {{person:family}} na {{phone}}.

code sk
ids rodné číslo=rodne; r. č.=rodne; číslo OP=passport; IČO=digits8
words Pacient; Klient; Meno; Dátum narodenia; Tel.; Mobil; Adresa; PSČ; E-mail; Návšteva; Kontrola; {} rokov; Číslo karty; Číslo účtu; platné; Heslo; Stránka
place Slovensko | Hlavná, Štúrova, Námestie SNP, Mierová | Bratislava, Košice, Žilina, Nitra | 8## ##, 04# ## | {street} {no}, {post} {city} ; {street} {no}, {city}
phone +421 9## ### ###; 09## ### ###
months januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
plain zajtra bude pekne | liek užívajte {{n}}-krát denne po jedle | vlak mešká {{n}} minút
frames {{person:full}} prišiel dňa {{date}}, rodné číslo {{account:rodne}}. | Zavolajte prosím pani {{person:family}} na {{phone}}.

code hu
ids TAJ=taj; TAJ szám=taj; személyi szám=digits11; adóazonosító=digits10; útlevél=passport
words Beteg; Ügyfél; Név; Születési dátum; Tel.; Mobil; Cím; Irányítószám; E-mail; Vizit; Kontroll; {} éves; Kartonszám; Számlaszám; érvényes; Jelszó; Honlap
plain holnap szép idő lesz | a gyógyszert naponta {{n}} alkalommal vegye be | a vonat {{n}} percet késik | melyik laptop jó az iskolába?
frames {{person:full}} {{date}} napján jelent meg, TAJ {{account:taj}}. | Kérem, hívja {{person:full}} számát: {{phone}}.

code bg
ids ЕГН=egn; ЕИК=digits9; лична карта=digits9; ЛНЧ=digits10
words Пациент; Клиент; Име; Дата на раждане; Тел.; Мобилен; Адрес; Пощенски код; Имейл; Преглед; Контролен преглед; {} години; Номер на досие; Номер на сметка; валиден; Парола; Сайт
given Иван Мария Георги Елена Димитър Иванка Николай Надежда Петър Йорданка Христо Пенка Стоян Росица Тодор Десислава Васил Даниела Стефан Гергана Йордан Виктория Атанас Петя Ангел Силвия Красимир Маргарита Александър Цветанка Пламен Радка Ивайло Теодора Мартин Галина Валентин Антоанета Емил Снежана Любомир Милена Калоян Лиляна Борислав Ралица Кирил Нели
family Иванов Георгиев Димитров Петров Николов Христов Стоянов Тодоров Илиев Василев Ангелов Атанасов Петков Йорданов Колев Марков Попов Костов Маринов Стефанов Стойчев Митев Желев Кирилов Ненов Русев Симеонов Велев Тончев Гочев
phone +359 8# ### ####; 08## ### ###; 02 ### ####
plain утре ще бъде слънчево | лекарството се приема {{n}} пъти дневно след хранене | влакът закъснява с {{n}} минути
frames {{person:full}} се яви на {{date}}, ЕГН {{account:egn}}. | Обадете се на г-жа {{person:family}} на {{phone}}.

code sr
ids ЈМБГ=jmbg; матични број=jmbg; ПИБ=digits9; број пасоша=digits9; ЛБО=digits11
words Пацијент; Клијент; Име; Датум рођења; Телефон; Мобилни; Адреса; Поштански број; Имејл; Преглед; Контрола; {} година; Број картона; Број рачуна; важи; Лозинка; Сајт
given Никола Милица Марко Јелена Стефан Ана Милош Марија Лука Снежана Петар Ивана Драган Весна Александар Зоран Горан Љиљана Бојан Катарина Немања Тамара Владимир Сања Дејан Наташа Душан Бранка Филип Тијана Милан Гордана Вук Софија Огњен Драгана Срђан Маја Небојша Јована Слободан Биљана Игор Теодора Ратко Невена Урош Ружица
family Јовановић Петровић Николић Живковић Илић Ђорђевић Павловић Стојановић Марковић Симић Милошевић Савић Ковачевић Тодоровић Поповић Станковић Костић Лазић Ристић Томић Васић Богдановић Вуковић Антић Пешић Матић Обрадовић Бабић Цветковић Ђукић
place Србија | Кнеза Милоша, Немањина, Булевар ослобођења, Његошева | Београд, Нови Сад, Ниш | 11###, 21### | {street} {no}, {post} {city} ; {street} {no}, {city}
phone +381 6# ### ####; 06#/###-####; 011/###-###
months јануар фебруар март април мај јун јул август септембар октобар новембар децембар
plain сутра ће бити лепо време | лек узимати {{n}} пута дневно после јела | воз касни {{n}} минута
frames {{person:full}} је дошао {{date}}, ЈМБГ {{account:jmbg}}. | Позовите {{person:full}} на {{phone}}.

code sr-Latn
ids JMBG=jmbg; matični broj=jmbg; PIB=digits9; LBO=digits11
words Pacijent; Klijent; Ime; Datum rođenja; Telefon; Mobilni; Adresa; Poštanski broj; Imejl; Pregled; Kontrola; {} godina; Broj kartona; Broj računa; važi; Lozinka; Sajt
given Milan Jelena Nikola Ana Stefan Marija Dragan Ivana Zoran Milica Luka Tamara Bojan Snežana
family Jovanović Petrović Nikolić Marković Đorđević Stojanović Ilić Pavlović Simić Živković
place Srbija | Kneza Miloša, Nemanjina, Bulevar oslobođenja, Njegoševa | Beograd, Novi Sad, Niš | 11###, 21### | {street} {no}, {post} {city} ; {street} {no}, {city}
phone +381 6# ### ####; 06#/###-####; 011/###-###
months januar februar mart april maj jun jul avgust septembar oktobar novembar decembar
plain sutra će biti lepo vreme | lek uzimati {{n}} puta dnevno posle jela | voz kasni {{n}} minuta
frames {{person:full}} je došao {{date}}, JMBG {{account:jmbg}}. | Pozovite {{person:full}} na {{phone}}.

code hr
ids OIB=oib; JMBG=jmbg; MBO=digits9; osobna iskaznica=digits9
words Pacijent; Klijent; Ime i prezime; Datum rođenja; Telefon; Mobitel; Adresa; Poštanski broj; E-pošta; Pregled; Kontrola; {} godina; Broj kartona; Broj računa; vrijedi; Lozinka; Stranica
place Hrvatska | Ilica, Vukovarska ulica, Savska cesta, Riva | Zagreb, Split, Rijeka, Osijek | 10###, 21### | {street} {no}, {post} {city} ; {street} {no}, {city}
phone +385 9# ### ####; 09# ### ####; 01 #### ###
months siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
plain sutra će biti lijepo vrijeme | lijek uzimati {{n}} puta dnevno nakon jela | vlak kasni {{n}} minuta
frames {{person:full}} je došao {{date}}, OIB {{account:oib}}. | Nazovite {{person:full}} na {{phone}}.

code sl
ids EMŠO=emso; davčna številka=digits8; KZZ=digits9; potni list=passport
words Pacient; Stranka; Ime in priimek; Datum rojstva; Telefon; Mobilni; Naslov; Poštna številka; E-pošta; Pregled; Kontrola; {} let; Številka kartoteke; Številka računa; veljavno; Geslo; Stran
place Slovenija | Slovenska cesta, Trubarjeva ulica, Prešernova ulica | Ljubljana, Maribor, Celje | 1000, 2000, 3### | {street} {no}, {post} {city} ; {street} {no}, {city}
phone +386 4# ### ###; 04# ### ###; 031 ### ###
months januar februar marec april maj junij julij avgust september oktober november december
plain jutri bo lepo vreme | zdravilo jemljite {{n}}-krat na dan po jedi | vlak zamuja {{n}} minut
frames {{person:full}} je prišel {{date}}, EMŠO {{account:emso}}. | Pokličite {{person:full}} na {{phone}}.

code ru
ids СНИЛС=snils; ИНН=digits12; паспорт=passport_ru; полис ОМС=digits13; серия и номер паспорта=passport_ru
words Пациент; Клиент; ФИО; Дата рождения; Тел.; Моб.; Адрес; Индекс; Почта; Приём; Повторный приём; {} лет; Номер карты; Номер счёта; действителен; Пароль; Сайт
given Александр Анна Сергей Елена Дмитрий Ольга Андрей Татьяна Алексей Наталья Максим Ирина Иван Светлана Михаил Екатерина Артём Мария Владимир Юлия Николай Анастасия Евгений Марина Павел Дарья Роман Людмила Олег Галина Игорь Ксения Денис Виктория Антон Надежда Кирилл Полина Виктор Вера Константин Алина Егор Лариса Тимур Оксана Глеб Софья
family Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев
plain завтра будет хорошая погода | принимать лекарство {{n}} раза в день после еды | поезд опаздывает на {{n}} минут | какой ноутбук выбрать для учёбы? | Давление в норме, температуры нет
frames {{person:full}} был на приёме {{date}}, СНИЛС {{account:snils}}. | Перезвоните, пожалуйста, {{person:full}}: {{phone}}.

code uk
ids РНОКПП=rnokpp; ІПН=rnokpp; паспорт=digits9; УНЗР=digits13
words Пацієнт; Клієнт; ПІБ; Дата народження; Тел.; Моб.; Адреса; Індекс; Пошта; Прийом; Повторний прийом; {} років; Номер картки; Номер рахунку; дійсний; Пароль; Сайт
given Олександр Олена Андрій Наталія Сергій Тетяна Володимир Ірина Іван Оксана Микола Світлана Дмитро Марія Василь Ольга Юрій Галина Петро Людмила Михайло Катерина Ігор Юлія Олег Анна Богдан Вікторія Роман Надія Тарас Любов Максим Дарина Артем Софія Ярослав Соломія Назар Леся Остап Христина Віталій Лариса Степан Зоряна
family Шевченко Коваленко Бондаренко Ткаченко Кравченко Олійник Шевчук Поліщук Бондар Ткачук Мороз Марченко Лисенко Руденко Савченко Петренко Кравчук Клименко Павленко Савчук Кузьменко Левченко Мельник Коваль Гончаренко Романюк Панченко Гнатюк Швець Яценко
plain завтра буде гарна погода | приймати ліки {{n}} рази на день після їжі | потяг запізнюється на {{n}} хвилин | який ноутбук обрати для навчання?
frames {{person:full}} був на прийомі {{date}}, РНОКПП {{account:rnokpp}}. | Зателефонуйте {{person:full}}: {{phone}}.
"""
