# ruff: noqa: E501  (one list a line)
"""Romance languages, Greek."""

from __future__ import annotations

TEXT = """
code fr
ids numéro de sécurité sociale=nir; NIR=nir; n° fiscal=digits13; CNI=digits12; carte vitale=nir; passeport=passport
words Patient; Client; Nom; Né le; Tél.; Portable; Adresse; Code postal; Courriel; Consultation; Suivi; {} ans; N° dossier; N° de compte; valide; Mot de passe; Site
plain il fera beau demain | prendre le médicament {{n}} fois par jour après le repas | le train a {{n}} minutes de retard | quel ordinateur choisir pour l'école ? | Tension normale, pas de fièvre
frames {{person:full}} vu le {{date}}, NIR {{account:nir}} vérifié. | Rappeler Mme {{person:family}} au {{phone}}.

code es
ids DNI=dni; NIE=dni; CURP=curp; RFC=curp; NSS=digits11; n.º de la Seguridad Social=digits12; pasaporte=passport
words Paciente; Cliente; Nombre; F. nacimiento; Tel.; Móvil; Dirección; Código postal; Correo; Visita; Revisión; {} años; N.º de historia; N.º de cuenta; válido; Contraseña; Web
plain mañana hará buen tiempo | tome el medicamento {{n}} veces al día después de comer | el tren lleva {{n}} minutos de retraso | ¿qué portátil compro para la escuela? | Tensión normal, sin fiebre
frames {{person:full}} acudió el {{date}}, DNI {{account:dni}}. | Llamar a la Sra. {{person:family}} al {{phone}}. | La CURP de {{person:full}} es {{account:curp}}.

code pt
ids CPF=cpf; NIF=nif; RG=digits9; cartão SUS=digits13; NISS=digits11; passaporte=passport
words Paciente; Cliente; Nome; Nascimento; Tel.; Celular; Endereço; CEP; E-mail; Consulta; Retorno; {} anos; Prontuário; Conta; válido; Senha; Site
plain amanhã vai fazer sol | tome o remédio {{n}} vezes ao dia depois de comer | o trem está {{n}} minutos atrasado | qual notebook comprar para a escola? | Pressão normal, sem febre
frames {{person:full}} compareceu em {{date}}, CPF {{account:cpf}}. | Ligar para o Sr. {{person:family}} no {{phone}}.

code it
ids codice fiscale=codice_fiscale; C.F.=codice_fiscale; tessera sanitaria=codice_fiscale; P. IVA=digits11; passaporto=passport
words Paziente; Cliente; Nome; Nato il; Tel.; Cell.; Indirizzo; CAP; E-mail; Visita; Controllo; {} anni; Cartella n.; Conto n.; valido; Password; Sito
plain domani sarà bel tempo | prendere il farmaco {{n}} volte al giorno dopo i pasti | il treno è in ritardo di {{n}} minuti | quale portatile conviene per la scuola? | Pressione nella norma
frames {{person:full}} visitato il {{date}}, codice fiscale {{account:codice_fiscale}}. | Richiamare la sig.ra {{person:family}} al {{phone}}.

code ca
ids DNI=dni; NIE=dni; CIP=curp; targeta sanitària=beneficiary
words Pacient; Client; Nom; Data de naixement; Tel.; Mòbil; Adreça; Codi postal; Correu; Visita; Seguiment; {} anys; Núm. d'història; Núm. de compte; vàlid; Contrasenya; Web
given Jordi Montserrat Oriol Núria Marc Laia Pau Mireia Roger Anna Arnau Júlia Ferran Gemma
family Puig Soler Vila Serra Ferrer Roca Bosch Casals Riera Pujol Mas Camps
place Catalunya | Carrer de Balmes, Passeig de Gràcia, Carrer Major, Avinguda Diagonal | Barcelona, Girona, Lleida, Reus | 080##, 170## | {street}, {no}, {post} {city} ; {street} {no}, {city}
phone 6## ### ###; +34 6## ## ## ##; 93 ### ## ##
months gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
plain demà farà bon temps | prengui el medicament {{n}} cops al dia després de menjar | el tren porta {{n}} minuts de retard
frames {{person:full}} va venir el {{date}}, DNI {{account:dni}}. | Truqueu a {{person:given}} al {{phone}}.

code ro
ids CNP=cnp; serie CI=passport; CUI=digits8; cod numeric personal=cnp
words Pacient; Client; Nume; Data nașterii; Telefon; Mobil; Adresa; Cod poștal; E-mail; Consultație; Control; {} ani; Nr. fișă; Nr. cont; valid; Parolă; Site
plain mâine va fi vreme bună | luați medicamentul de {{n}} ori pe zi după masă | trenul întârzie {{n}} minute | ce laptop e bun pentru școală?
frames {{person:full}} s-a prezentat la {{date}}, CNP {{account:cnp}}. | Sunați-o pe doamna {{person:family}} la {{phone}}.

code el
ids ΑΜΚΑ=amka; ΑΦΜ=digits9; αριθμός ταυτότητας=passport; ΑΔΤ=passport
words Ασθενής; Πελάτης; Όνομα; Ημ. γέννησης; Τηλ.; Κινητό; Διεύθυνση; Τ.Κ.; Email; Επίσκεψη; Επανεξέταση; {} ετών; Αρ. φακέλου; Αρ. λογαριασμού; έγκυρο; Κωδικός; Ιστότοπος
given Γιώργος Μαρία Δημήτρης Ελένη Κώστας Κατερίνα Νίκος Βασιλική Γιάννης Σοφία Παναγιώτης Αγγελική Βασίλης Γεωργία Χρήστος Δήμητρα Θανάσης Ιωάννα Μιχάλης Ειρήνη Σπύρος Αναστασία Στέλιος Κωνσταντίνα Αλέξανδρος Ευαγγελία Πέτρος Χριστίνα Ανδρέας Φωτεινή Μανώλης Παρασκευή Λευτέρης Άννα Σταύρος Δέσποινα Ηλίας Αθηνά Τάσος Ζωή Απόστολος Νεφέλη Θοδωρής Μυρτώ Άγγελος Δανάη
family Παππά Οικονόμου Γεωργίου Δημητρίου Νικολάου Ιωάννου Παπαγεωργίου Κωνσταντίνου Αθανασίου Βασιλείου Χριστοδούλου Παπανικολάου Παπαϊωάννου Καραγιάννη Παπακωνσταντίνου Αναγνώστου Αλεξίου Αντωνίου Ζαφειρίου Θεοδώρου Κυριάκου Λάμπρου Γρηγορίου Παναγιώτου Σταματίου Τσιμικλή Φωτίου Χατζή Μάρκου Σωτηρίου
plain αύριο θα έχει καλό καιρό | να παίρνετε το φάρμακο {{n}} φορές την ημέρα | το τρένο έχει {{n}} λεπτά καθυστέρηση | ποιος υπολογιστής είναι καλός για το σχολείο;
frames Ο {{person:full}} εξετάστηκε στις {{date}}, ΑΜΚΑ {{account:amka}}. | Καλέστε την κυρία {{person:family}} στο {{phone}}.
"""
