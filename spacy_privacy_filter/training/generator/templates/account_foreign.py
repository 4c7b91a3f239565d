# ruff: noqa: E501  (one template a line)
"""Account numbers in the words of many languages; the word before a number is never a part of it."""

from __future__ import annotations

from .reading import one_a_line

LINES = {
    "de": r"""
IBAN{{account:iban}}, BIC {{account:bic}}
Lastschrift von {{account:iban}}, Mandat {{account:mandate}}, fällig am {{date}}
Kundennr. {{account:customer}}, Rechnung {{order}} vom {{date}}
Vertragsnr.: {{account:contract}} / Zähler-Nr.: {{account:meter}}
Zählerstand {{n}}{{n}} am {{date}}, Zähler {{account:meter}}
Versicherungsnummer {{account:policy}}, Schaden vom {{date}}
Meine Steuer-ID ist {{account:steuer_id}}, meine Telefonnummer {{phone}}.
Versichertennr. {{account:kvnr}}, {{person:full}}
Konto {{account:bank}}, nicht Auftrag {{order}}
Personalnummer {{account:employee}}; Ausweis {{account:passport}}
Bibliotheksausweis {{account:library}}, {{n}} Bücher
Fahrzeug {{account:plate}}, Fahrgestellnummer {{account:vin}}
""",
    "fr": r"""
NIR{{account:nir}}
NIR {{account:nir}}, tél. {{phone}}
Prélèvement sur {{account:iban}} (BIC {{account:bic}}), mandat {{account:mandate}}
N° client {{account:customer}}, facture n° {{order}}
Contrat n°{{account:contract}}, compteur {{account:meter}}
Police {{account:policy}} : sinistre du {{date}}
Mon numéro de sécu est le {{account:nir}}.
Carte {{account:card}} refusée, commande {{order}}
Matricule {{account:employee}}, {{person:full}}
Véhicule {{account:plate}}, châssis {{account:vin}}
Carte de fidélité {{account:loyalty}}, {{n}} points
""",
    "es": r"""
DNI{{account:dni}}
DNI nº {{account:dni}}, tel. {{phone}}
Domiciliación en {{account:iban}}, mandato {{account:mandate}}
N.º de contrato {{account:contract}}, contador {{account:meter}}
Cliente {{account:customer}}, pedido {{order}}, total {{price}}
Póliza {{account:policy}}: siniestro del {{date}}
Mi cuenta es la {{account:iban}} y mi móvil el {{phone}}.
Historia clínica {{account:mrn}}, {{person:full}}
CURP {{account:curp}}, nacido el {{date:birth}}
Carné de biblioteca {{account:library}}
""",
    "it": r"""
C.F. {{account:codice_fiscale}}
CF: {{account:codice_fiscale}}, tel. {{phone}}
Addebito su {{account:iban}}, mandato {{account:mandate}}
Codice cliente {{account:customer}}, fattura n. {{order}}
Contratto n. {{account:contract}}, contatore {{account:meter}}
Polizza {{account:policy}}, sinistro del {{date}}
Matricola {{account:employee}} - {{person:full}}
Tessera {{account:loyalty}}: {{n}} punti
Il mio codice fiscale è {{account:codice_fiscale}}.
""",
    "pt": r"""
CPF{{account:cpf}}
CPF nº {{account:cpf}}, celular {{phone}}
NIF {{account:nif}}, fatura {{order}}
Contrato {{account:contract}}, medidor {{account:meter}}
Código do cliente: {{account:customer}}, pedido: {{order}}
Apólice {{account:policy}}, sinistro em {{date}}
Ag. {{ignored:0001}} c/c {{account:bank}}
Meu CPF é {{account:cpf}} e o pedido é {{order}}.
Matrícula {{account:employee}}, {{person:full}}
""",
    "nl": r"""
BSN{{account:bsn}}
BSN {{account:bsn}}, tel. {{phone}}
Klantnr. {{account:customer}}, factuur {{order}}
Incasso van {{account:iban}}, machtiging {{account:mandate}}
Contractnummer {{account:contract}}, meter {{account:meter}}
Polis {{account:policy}}: schade op {{date}}
Mijn BSN is {{account:bsn}} en mijn bestelling {{order}}.
Kenteken {{account:plate}}, personeelsnr. {{account:employee}}
""",
    "sv": r"""
Personnr {{account:personnummer}}
Personnummer: {{account:personnummer}}, mobil {{phone}}
Kundnr {{account:customer}}, faktura {{order}}
Avtal {{account:contract}}, mätare {{account:meter}}
Bankkonto {{account:bank}}, inte order {{order}}
Mitt personnummer är {{account:personnummer}}.
""",
    "da": r"""
CPR {{account:cpr}}
CPR-nr. {{account:cpr}}, tlf. {{phone}}
Kundenr. {{account:customer}}, faktura {{order}}
Reg. og konto {{account:bank}}, beløb {{price}}
Målernr. {{account:meter}}, aftale {{account:contract}}
""",
    "no": r"""
Fnr. {{account:fnr}}
Fødselsnummer {{account:fnr}}, tlf. {{phone}}
Kundenr. {{account:customer}}, faktura {{order}}
Kontonummer: {{account:bank}}
Målernr. {{account:meter}}
""",
    "fi": r"""
Hetu {{account:hetu}}
Henkilötunnus: {{account:hetu}}, puh. {{phone}}
Asiakasnumero {{account:customer}}, lasku {{order}}
Tili {{account:iban}}, viite {{order}}
Mittari {{account:meter}}, sopimus {{account:contract}}
""",
    "pl": r"""
PESEL{{account:pesel}}
PESEL {{account:pesel}}, tel. {{phone}}
Nr klienta {{account:customer}}, faktura nr {{order}}
Umowa nr {{account:contract}}, licznik {{account:meter}}
Polisa {{account:policy}}, szkoda z dnia {{date}}
Przelew na {{account:iban}}, tytuł: {{order}}
Mój PESEL to {{account:pesel}}, a zamówienie {{order}}.
Legitymacja {{account:student}}, {{person:full}}
""",
    "cs": r"""
RČ {{account:rodne}}
Rodné číslo: {{account:rodne}}, tel. {{phone}}
Zákazník č. {{account:customer}}, faktura č. {{order}}
Smlouva {{account:contract}}, elektroměr {{account:meter}}
Pojistka č. {{account:policy}}, škoda {{date}}
""",
    "sk": r"""
Rodné číslo {{account:rodne}}, tel. {{phone}}
Zmluva č. {{account:contract}}, faktúra {{order}}
Účet {{account:iban}}
""",
    "hu": r"""
TAJ {{account:taj}}
TAJ-szám: {{account:taj}}, tel. {{phone}}
Ügyfélszám {{account:customer}}, számla {{order}}
Szerződésszám: {{account:contract}}, mérő {{account:meter}}
""",
    "ro": r"""
CNP{{account:cnp}}
CNP {{account:cnp}}, tel. {{phone}}
Cod client {{account:customer}}, factura nr. {{order}}
Contract nr. {{account:contract}}, contor {{account:meter}}
IBAN {{account:iban}}, titular {{person:full}}
""",
    "bg": r"""
ЕГН {{account:egn}}
ЕГН: {{account:egn}}, тел. {{phone}}
Клиентски № {{account:customer}}, фактура № {{order}}
Договор №{{account:contract}}
""",
    "hr": r"""
OIB {{account:oib}}
OIB: {{account:oib}}, tel. {{phone}}
Broj ugovora {{account:contract}}, račun {{order}}
Broj kupca {{account:customer}}
""",
    "el": r"""
ΑΜΚΑ {{account:amka}}
ΑΜΚΑ: {{account:amka}}, τηλ. {{phone}}
Αρ. πελάτη {{account:customer}}, παραγγελία {{order}}
Αρ. συμβολαίου {{account:contract}}
""",
    "tr": r"""
TCKN{{account:tckn}}
TCKN {{account:tckn}}, tel. {{phone}}
TC: {{account:tckn}} Ad: {{person:full}}
Müşteri no {{account:customer}}, sipariş {{order}}
Abone no: {{account:contract}}, sayaç {{account:meter}}
Poliçe {{account:policy}}, hasar {{date}}
""",
}
TEMPLATES = [t for code, text in LINES.items() for t in one_a_line("account", code, text)]
