# ruff: noqa: E501  (one template a line)
"""Short texts in other languages with Latin letters."""

from __future__ import annotations

from .reading import one_a_line

LINES = {
    "es": r"""
Hola, soy {{person:full#1}}, mi teléfono es {{phone}} y mi correo {{email#1}}.
Nombre: {{person:full}}\nFecha de nacimiento: {{date:birth}}\nDomicilio: {{address}}\nDNI: {{account:dni}}
Estimada Sra. {{person:family}}: le confirmamos su cita del {{date}} a las {{hour}}.
El señor {{person:full#1}}, vecino de {{city}}, declaró el {{date}} que {{person:full#2}} no estaba en casa.
Ingrese {{price}} en la cuenta {{account:iban}} a nombre de {{person:full}}.
mi clave es {{secret:password}} no se la digas a {{person:given}}
¿Puedes llamar a {{person:given}} al {{phone}}? Vive en {{address}}.
La paciente {{person:full}}, nacida el {{date:birth}}, ingresó con {{illness}}. Historia n.º {{account:mrn}}.
Más información en {{url}} o en {{email}}.
El pedido {{order}} cuesta {{price}} y llegará en {{n}} días.
¿Cuál es la mejor receta de paella para {{n}} personas?
Querida {{person:given#1}}, feliz cumpleaños de parte de {{person:given#2}} y {{person:given#3}}.
""",
    "fr": r"""
Bonjour, je m'appelle {{person:full#1}}, mon numéro est le {{phone}} et mon adresse {{address}}.
Nom : {{person:family#1}}\nPrénom : {{person:given#1}}\nNé(e) le : {{date:birth}}\nCourriel : {{email#1}}
Chère Madame {{person:family}}, votre rendez-vous est fixé au {{date}} à {{hour}}.
M. {{person:full#1}} a rencontré {{person:full#2}} à {{city}} le {{date}}.
Numéro de sécurité sociale : {{account:nir}}, assurée : {{person:full}}.
Merci de virer {{price}} sur le compte {{account:iban}} (titulaire {{person:full}}).
le mot de passe du wifi c'est {{secret:password}}
{{person:given}}, tu peux rappeler {{person:given}} au {{phone}} stp ?
Le docteur {{person:family}} a vu le patient {{person:full}} le {{date}} pour {{illness}}.
Voir {{url}} ou écrire à {{email}}.
La commande {{order}} de {{price}} a été expédiée.
Quel est le meilleur vin pour accompagner {{n}} huîtres ?
""",
    "de": r"""
Hallo, ich bin {{person:full#1}}, meine Nummer ist {{phone}}, E-Mail {{email#1}}.
Name: {{person:full}}\nGeburtsdatum: {{date:birth}}\nAnschrift: {{address}}\nSteuernummer: {{account:tax}}
Sehr geehrter Herr {{person:family}}, Ihr Termin ist am {{date}} um {{hour}} Uhr.
Frau {{person:full#1}} wohnt seit {{date}} in der {{address}}.
Bitte überweisen Sie {{price}} auf {{account:iban}}, Empfänger {{person:full}}.
Das Passwort lautet {{secret:password}}, bitte nach dem ersten Login ändern.
Kannst du {{person:given}} Bescheid sagen? {{person:given}} kommt am {{date:day}} auch.
Der Patient {{person:full}} (geb. {{date:birth}}, Fallnummer {{account:mrn}}) klagt über Husten.
Mehr unter {{url}} oder per Mail an {{email}}.
Die Bestellung {{order}} über {{price}} wurde storniert.
Das Kennzeichen {{account:plate}} gehört {{person:full}} aus {{city}}.
Welcher Akku passt in den {{product}}?
Mit freundlichen Grüßen\n{{person:full#1}}\n{{address:lines}}\nTel.: {{phone}}
""",
    "it": r"""
Ciao, sono {{person:full#1}}, il mio numero è {{phone}} e la mia mail {{email#1}}.
Nome: {{person:full}}\nNato il: {{date:birth}}\nResidente in: {{address}}
Gentile Sig.ra {{person:family}}, la aspettiamo il {{date}} alle {{hour}}.
Il dottor {{person:full#1}} ha visitato {{person:full#2}} il {{date}} a {{city}}.
Bonifico di {{price}} su {{account:iban}} intestato a {{person:full}}.
la password è {{secret:password}}, non dirla a nessuno
{{person:given}}, hai sentito {{person:given}}? Chiamala al {{phone}}.
Per informazioni: {{url}}, {{email}}.
L'ordine {{order}} da {{price}} è in consegna.
Come si cucina la carbonara per {{n}} persone?
La sig.ra {{person:full}} abita in {{address}}.
""",
    "pt": r"""
Olá, meu nome é {{person:full#1}}, telefone {{phone}}, e-mail {{email#1}}.
Nome: {{person:full}}\nNascimento: {{date:birth}}\nCPF: {{account:cpf}}\nEndereço: {{address}}
Prezada Sra. {{person:family}}, sua consulta será em {{date}} às {{hour}}.
O Sr. {{person:full#1}} encontrou {{person:full#2}} em {{city}} no dia {{date}}.
Transfira {{price}} para a conta {{account:iban}}, titular {{person:full}}.
a senha do wifi é {{secret:password}}
{{person:given}}, liga para {{person:given}} no {{phone}} por favor
Saiba mais em {{url}} ou escreva para {{email}}.
O pedido {{order}} no valor de {{price}} foi enviado.
Qual é o melhor celular até {{price}}?
O paciente {{person:full}}, CPF {{account:cpf}}, recebeu alta em {{date}}.
""",
    "nl": r"""
Hoi, ik ben {{person:full#1}}, mijn nummer is {{phone}} en mijn mail {{email#1}}.
Naam: {{person:full}}\nGeboortedatum: {{date:birth}}\nAdres: {{address}}\nBSN: {{account:bsn}}
Geachte heer {{person:family}}, uw afspraak is op {{date}} om {{hour}}.
Mevrouw {{person:full#1}} sprak op {{date}} met {{person:full#2}} in {{city}}.
Maak {{price}} over naar {{account:iban}} t.n.v. {{person:full}}.
het wachtwoord is {{secret:password}}
{{person:given}}, kun je {{person:given}} bellen op {{phone}}?
Meer op {{url}} of via {{email}}.
Bestelling {{order}} van {{price}} is onderweg.
Hoe laat is het in {{place}}?
""",
    "sv": r"""
Hej, jag heter {{person:full#1}}, ring mig på {{phone}} eller mejla {{email#1}}.
Namn: {{person:full}}\nPersonnummer: {{account:personnummer}}\nAdress: {{address}}
{{person:full#1}} träffade {{person:full#2}} i {{city}} den {{date}}.
Betala {{price}} till {{account:iban}}, mottagare {{person:full}}.
lösenordet är {{secret:password}}
Läs mer på {{url}} eller fråga {{person:given}}.
Tid hos doktor {{person:family}} den {{date}} kl. {{hour}}.
Order {{order}} på {{price}} har skickats.
""",
    "da": r"""
Hej, jeg hedder {{person:full#1}}, mit nummer er {{phone}} og min mail {{email#1}}.
Navn: {{person:full}}\nFødt: {{date:birth}}\nAdresse: {{address}}
{{person:full#1}} mødte {{person:full#2}} i {{city}} den {{date}}.
Overfør {{price}} til {{account:iban}}, modtager {{person:full}}.
adgangskoden er {{secret:password}}
Se {{url}} eller ring til {{person:given}}.
Ordre {{order}} koster {{price}}.
""",
    "no": r"""
Hei, jeg heter {{person:full#1}}, nummeret mitt er {{phone}}, e-post {{email#1}}.
Navn: {{person:full}}\nFødselsdato: {{date:birth}}\nAdresse: {{address}}
{{person:full#1}} snakket med {{person:full#2}} den {{date}}.
passordet er {{secret:password}}
Betal {{price}} til {{account:iban}}.
""",
    "fi": r"""
Hei, olen {{person:full#1}}, numeroni on {{phone}} ja sähköpostini {{email#1}}.
Nimi: {{person:full}}\nSyntymäaika: {{date:birth}}\nOsoite: {{address}}
{{person:full#1}} tapasi henkilön {{person:full#2}} kaupungissa {{city}} {{date}}.
Maksa {{price}} tilille {{account:iban}}, saaja {{person:full}}.
salasana on {{secret:password}}
Lisätietoja: {{url}} tai {{email}}
Tilaus {{order}}, hinta {{price}}.
""",
    "pl": r"""
Cześć, tu {{person:full#1}}, mój numer to {{phone}}, a mail {{email#1}}.
Imię i nazwisko: {{person:full}}\nData urodzenia: {{date:birth}}\nAdres: {{address}}\nPESEL: {{account:pesel}}
Szanowna Pani {{person:family}}, wizyta odbędzie się {{date}} o {{hour}}.
Pan {{person:full#1}} spotkał się z {{person:full#2}} w dniu {{date}}.
Proszę przelać {{price}} na konto {{account:iban}}, odbiorca {{person:full}}.
hasło do wifi: {{secret:password}}
Więcej na {{url}} lub {{email}}.
Zamówienie {{order}} na kwotę {{price}} zostało wysłane.
Jak ugotować pierogi dla {{n}} osób?
""",
    "cs": r"""
Dobrý den, jmenuji se {{person:full#1}}, můj telefon je {{phone}} a e-mail {{email#1}}.
Jméno: {{person:full}}\nDatum narození: {{date:birth}}\nAdresa: {{address}}
Pan {{person:full#1}} se setkal s {{person:full#2}} dne {{date}}.
Pošlete {{price}} na účet {{account:iban}}, příjemce {{person:full}}.
heslo je {{secret:password}}
Více na {{url}} nebo {{email}}.
Objednávka {{order}} za {{price}} byla odeslána.
""",
    "hu": r"""
Szia, {{person:full#1}} vagyok, a számom {{phone}}, e-mail: {{email#1}}.
Név: {{person:full}}\nSzületési idő: {{date:birth}}\nLakcím: {{address}}
A jelszó: {{secret:password}}
{{person:full#1}} és {{person:full#2}} találkozója: {{date}}.
Utaljon {{price}} összeget ide: {{account:iban}}.
""",
    "ro": r"""
Bună, sunt {{person:full#1}}, numărul meu este {{phone}}, e-mail {{email#1}}.
Nume: {{person:full}}\nData nașterii: {{date:birth}}\nAdresa: {{address}}
Domnul {{person:full#1}} s-a întâlnit cu {{person:full#2}} pe {{date}} la {{city}}.
Virați {{price}} în contul {{account:iban}}, beneficiar {{person:full}}.
parola este {{secret:password}}
Detalii pe {{url}} sau la {{email}}.
Comanda {{order}} costă {{price}}.
""",
    "tr": r"""
Merhaba, ben {{person:full#1}}, telefonum {{phone}}, e-postam {{email#1}}.
Ad Soyad: {{person:full}}\nDoğum tarihi: {{date:birth}}\nAdres: {{address}}
Sayın {{person:full}}, randevunuz {{date}} saat {{hour}}.
{{person:full#1}} ile {{person:full#2}} {{date}} tarihinde {{city}} şehrinde buluştu.
Lütfen {{price}} tutarını {{account:iban}} hesabına gönderin, alıcı {{person:full}}.
şifre: {{secret:password}}
Ayrıntılar {{url}} adresinde.
{{order}} numaralı sipariş {{price}}.
""",
    "vi": r"""
Xin chào, tôi là {{person:full#1}}, số điện thoại {{phone}}, email {{email#1}}.
Họ tên: {{person:full}}\nNgày sinh: {{date:birth}}\nĐịa chỉ: {{address}}
Ông {{person:full#1}} gặp bà {{person:full#2}} vào {{date}}.
Chuyển {{price}} vào tài khoản {{account:bank}}, chủ tài khoản {{person:full}}.
mật khẩu là {{secret:password}}
Xem thêm tại {{url}}.
Đơn hàng {{order}} giá {{price}}.
""",
    "id": r"""
Halo, saya {{person:full#1}}, nomor saya {{phone}}, email {{email#1}}.
Nama: {{person:full}}\nTanggal lahir: {{date:birth}}\nAlamat: {{address}}
Bapak {{person:full#1}} bertemu Ibu {{person:full#2}} pada {{date}} di {{city}}.
Transfer {{price}} ke rekening {{account:bank}} atas nama {{person:full}}.
kata sandinya {{secret:password}}
Info lebih lanjut: {{url}}
Pesanan {{order}} seharga {{price}}.
""",
    "hr": r"""
Pozdrav, ja sam {{person:full#1}}, broj {{phone}}, e-mail {{email#1}}.
Gospodin {{person:full#1}} i gospođa {{person:full#2}} sastali su se {{date}}.
lozinka je {{secret:password}}
""",
    "tl": r"""
Kumusta, ako si {{person:full#1}}, ang numero ko ay {{phone}} at email {{email#1}}.
Nakatira si {{person:full}} sa {{address}}.
""",
    "sw": r"""
Habari, mimi ni {{person:full#1}}, nambari yangu ni {{phone}}, barua pepe {{email#1}}.
Bwana {{person:full}} anaishi {{address}}.
""",
}

TEMPLATES = [
    template
    for language, lines in LINES.items()
    for template in one_a_line("language", language, lines)
]
