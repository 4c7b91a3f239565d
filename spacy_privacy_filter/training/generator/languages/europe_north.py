# ruff: noqa: E501  (one list a line)
"""Northern Europe: Germanic, Baltic and Finnic languages."""

from __future__ import annotations

TEXT = """
code en
ids NHS number=nhs; SSN=ssn; National Insurance No.=beneficiary; passport=passport; SIN=sin; Aadhaar=aadhaar; NPI=npi; Medicare=beneficiary; TIN=tax; driving licence=license
words Patient; Client; Name; DOB; Tel; Mobile; Address; Postcode; E-mail; Seen; Follow-up; {} years old; Record no.; Account no.; valid; Password; Website
plain patient slept well and ate breakfast | no known allergies | the lift is out of order until further notice | refund policy explained, customer happy | blood pressure normal, afebrile
frames Client {{person}} rang {{date}}, new mobile {{phone}}, moved to {{address}}. | Pt {{person:full}} attended {{date}}, NHS {{account:nhs}} checked, rebook. | {{person:full}} (passport {{account:passport}}) collected the keys on {{date}}.

code de
ids Steuer-ID=steuer_id; Krankenversichertennummer=kvnr; Sozialversicherungsnummer=kvnr; Ausweisnummer=passport; KV-Nr.=kvnr
words Patient; Kunde; Name; geb.; Tel.; Mobil; Anschrift; PLZ; E-Mail; Termin; Kontrolle; {} Jahre alt; Aktenzeichen; Kontonummer; gültig; Kennwort; Webseite
plain das Wetter wird morgen besser | die Tabletten {{n}} mal täglich nach dem Essen einnehmen | der Zug hat {{n}} Minuten Verspätung | welcher Laptop lohnt sich für die Schule? | Blutdruck unauffällig, kein Fieber
frames Patientin {{person:full}} am {{date}} vorgestellt, KV-Nr. {{account:kvnr}}. | Bitte {{person:family}} unter {{phone}} zurückrufen.

code nl
ids BSN=bsn; burgerservicenummer=bsn; rijbewijsnummer=digits10; paspoort=passport; polisnummer=policy
words Patiënt; Klant; Naam; Geboortedatum; Tel.; Mobiel; Adres; Postcode; E-mail; Afspraak; Controle; {} jaar; Dossiernummer; Rekeningnummer; geldig; Wachtwoord; Website
plain morgen wordt het mooi weer | neem de tabletten {{n}} keer per dag na het eten | de trein heeft {{n}} minuten vertraging | welke laptop is goed voor school? | Bloeddruk normaal
frames {{person:full}} kwam op {{date}} langs, BSN {{account:bsn}}. | Graag {{person:given}} terugbellen op {{phone}}.

code sv
ids personnummer=personnummer; pers.nr=personnummer; samordningsnummer=personnummer; OCR=digits10
words Patient; Kund; Namn; Född; Telefon; Mobil; Adress; Postnummer; E-post; Besök; Återbesök; {} år; Journalnummer; Kontonummer; giltigt; Lösenord; Webbplats
plain det blir fint väder i morgon | ta tabletterna {{n}} gånger om dagen efter maten | tåget är {{n}} minuter sent | vilken dator är bra för skolan?
frames {{person:full}} kom {{date}}, personnummer {{account:personnummer}}. | Ring {{person:given}} på {{phone}}.

code da
ids CPR=cpr; CPR-nr.=cpr; personnummer=cpr; CVR=digits8
words Patient; Kunde; Navn; Født; Telefon; Mobil; Adresse; Postnr.; E-mail; Besøg; Opfølgning; {} år; Journalnr.; Kontonummer; gyldig; Adgangskode; Hjemmeside
plain vejret bliver godt i morgen | tag tabletterne {{n}} gange om dagen efter maden | toget er {{n}} minutter forsinket | hvilken computer er god til skolen?
frames {{person:full}} mødte {{date}}, CPR {{account:cpr}}. | Ring venligst til {{person:given}} på {{phone}}.

code no
ids fødselsnummer=fnr; personnr.=fnr; D-nummer=fnr; org.nr.=digits9
words Pasient; Kunde; Navn; Født; Telefon; Mobil; Adresse; Postnr.; E-post; Time; Oppfølging; {} år; Journalnr.; Kontonummer; gyldig; Passord; Nettside
plain det blir fint vær i morgen | ta tablettene {{n}} ganger om dagen etter maten | toget er {{n}} minutter forsinket | hvilken pc passer for skolen?
frames {{person:full}} møtte {{date}}, fødselsnummer {{account:fnr}}. | Vennligst ring {{person:given}} på {{phone}}.

code fi
ids henkilötunnus=hetu; hetu=hetu; Kela-kortti=digits10; Y-tunnus=digits8
words Potilas; Asiakas; Nimi; Syntynyt; Puhelin; Matkapuhelin; Osoite; Postinumero; Sähköposti; Käynti; Seuranta; {} vuotta; Potilasnumero; Tilinumero; voimassa; Salasana; Verkkosivu
plain huomenna on kaunis sää | ota lääke {{n}} kertaa päivässä ruoan jälkeen | juna on {{n}} minuuttia myöhässä | mikä tietokone sopii kouluun?
frames {{person:full}} kävi {{date}}, henkilötunnus {{account:hetu}}. | Soita numeroon {{phone}}, {{person:given}} vastaa.

code et
ids isikukood=isikukood; IK=isikukood; passi number=passport
words Patsient; Klient; Nimi; Sünniaeg; Telefon; Mobiil; Aadress; Sihtnumber; E-post; Visiit; Järelkontroll; {} aastat vana; Haigusloo nr; Kontonumber; kehtiv; Parool; Veebileht
place Eesti | Pikk tänav, Narva mnt, Tartu maantee, Lai | Tallinn, Tartu, Pärnu, Narva | 1####, 5#### | {street} {no}, {post} {city} ; {street} {no}-{flat}, {city} {post}
phone +372 5### ####; 5### ####; 5#######
months jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
plain homme tuleb ilus ilm | võtke ravimit {{n}} korda päevas pärast sööki | rong hilineb {{n}} minutit
frames {{person:full}} käis vastuvõtul {{date}}, isikukood {{account:isikukood}}. | Palun helistage {{person:given}} numbril {{phone}}.

code lv
ids personas kods=latvia; p.k.=latvia; pases numurs=passport
words Pacients; Klients; Vārds; Dzimšanas datums; Tālrunis; Mobilais; Adrese; Pasta indekss; E-pasts; Vizīte; Atkārtota vizīte; {} gadi; Kartes numurs; Konta numurs; derīgs; Parole; Mājaslapa
place Latvija | Brīvības iela, Rīgas iela, Lāčplēša iela, Skolas iela | Rīga, Liepāja, Daugavpils | LV-10##, LV-3### | {street} {no}, {city}, {post} ; {street} {no}-{flat}, {city}, {post}
phone +371 2# ### ###; 2#######; 2# ######
months janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
plain rīt būs labs laiks | lietojiet zāles {{n}} reizes dienā pēc ēšanas | vilciens kavējas {{n}} minūtes
frames {{person:full}} ieradās {{date}}, personas kods {{account:latvia}}. | Lūdzu, zvaniet {{person:given}} pa {{phone}}.

code lt
ids asmens kodas=isikukood; a.k.=isikukood; paso numeris=passport
words Pacientas; Klientas; Vardas; Gimimo data; Telefonas; Mobilusis; Adresas; Pašto kodas; El. paštas; Vizitas; Kitas vizitas; {} metų; Kortelės nr.; Sąskaitos nr.; galioja; Slaptažodis; Svetainė
place Lietuva | Gedimino pr., Laisvės al., Vilniaus g., Šilo g. | Vilnius, Kaunas, Klaipėda | LT-0####, LT-4#### | {street} {no}, {city}, {post} ; {street} {no}-{flat}, {post} {city}
phone +370 6## #####; 86#######; 8 6## #####
months sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
plain rytoj bus gražus oras | vaistus gerti {{n}} kartus per dieną po valgio | traukinys vėluoja {{n}} minutes
frames {{person:full}} atvyko {{date}}, asmens kodas {{account:isikukood}}. | Prašome paskambinti {{person:full}} tel. {{phone}}.
"""
