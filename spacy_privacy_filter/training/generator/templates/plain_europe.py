"""Headings, notes, forms and screens without a person in them: languages of Europe."""

from __future__ import annotations

LINES = {
    "en": r"""
Synthetic test record. The patient is fictitious.
First visit, follow-up, final review
The patient has diabetes and takes {{drug}} {{n}} mg daily.
Follow-up in two weeks, no further treatment needed.
Test patient, national number invalid, please ignore.
Customer note: invoice paid, nothing left to do.
Invalid number. Please check the national identifier.
Chart review: visit {{n}} of {{n}}, all values normal
Review on {{date}}. Next visit on {{date}}.
Synthetic customer, created for training purposes on {{date}}
Save | Cancel | Search | New patient | New customer
Sample form: name, address, date of birth (fictitious)
""",
    "de": r"""
Synthetischer Testdatensatz. Der Patient ist fiktiv.
Erstvorstellung, Kontrolle, Abschlussgespräch
Der Patient hat Diabetes und nimmt täglich {{drug}} {{n}} mg.
Kontrolle in zwei Wochen, keine weitere Therapie nötig.
Testpatient, nationale Nummer ungültig, bitte ignorieren.
Kundennotiz: Rechnung bezahlt, nichts offen.
Ungültige Nummer. Bitte prüfen Sie die Kennung.
Kontrolle am {{date}}, nächster Besuch am {{date}}
Speichern | Abbrechen | Suchen | Neuer Patient | Neuer Kunde
Musterformular: Name, Anschrift, Geburtsdatum (erfunden)
""",
    "fr": r"""
Dossier de test synthétique. Le patient est fictif.
Première visite, suivi, bilan final
Le patient est diabétique et prend {{drug}} {{n}} mg par jour.
Contrôle dans deux semaines, aucun autre traitement.
Patient test, numéro national invalide, à ignorer.
Note client : facture réglée, rien à faire.
Numéro invalide. Vérifiez l'identifiant national.
Contrôle le {{date}}, prochaine visite le {{date}}
Enregistrer | Annuler | Rechercher | Nouveau patient | Nouveau client
Formulaire type : nom, adresse, date de naissance (fictifs)
""",
    "es": r"""
Registro sintético de prueba. El paciente es ficticio.
Primera visita, seguimiento, revisión final
El paciente tiene diabetes y toma {{drug}} {{n}} mg al día.
Control en dos semanas, sin más tratamiento.
Paciente de prueba, número nacional no válido, ignorar.
Nota del cliente: factura pagada, nada pendiente.
Número no válido. Revise el identificador nacional.
Revisión el {{date}}, próxima visita el {{date}}
Guardar | Cancelar | Buscar | Nuevo paciente | Nuevo cliente
Formulario de ejemplo: nombre, domicilio, fecha de nacimiento (ficticios)
""",
    "it": r"""
Record di prova sintetico. Il paziente è fittizio.
Prima visita, controllo, revisione finale
Il paziente ha il diabete e prende {{drug}} {{n}} mg al giorno.
Controllo tra due settimane, nessun'altra terapia.
Paziente di prova, numero nazionale non valido, ignorare.
Nota cliente: fattura pagata, nulla in sospeso.
Numero non valido. Controllare l'identificativo.
Controllo il {{date}}, prossima visita il {{date}}
Salva | Annulla | Cerca | Nuovo paziente | Nuovo cliente
""",
    "pt": r"""
Registro sintético de teste. O paciente é fictício.
Primeira consulta, retorno, revisão final
O paciente tem diabetes e toma {{drug}} {{n}} mg por dia.
Retorno em duas semanas, sem outro tratamento.
Paciente de teste, número nacional inválido, ignorar.
Nota do cliente: fatura paga, nada pendente.
Número inválido. Verifique o identificador nacional.
Revisão em {{date}}, próxima consulta em {{date}}
Salvar | Cancelar | Buscar | Novo paciente | Novo cliente
""",
    "nl": r"""
Synthetisch testdossier. De patiënt is fictief.
Eerste bezoek, controle, eindbeoordeling
De patiënt heeft diabetes en neemt dagelijks {{drug}} {{n}} mg.
Controle over twee weken, geen verdere behandeling.
Testpatiënt, nationaal nummer ongeldig, negeren.
Klantnotitie: factuur betaald, niets open.
Ongeldig nummer. Controleer het nummer.
Controle op {{date}}, volgend bezoek op {{date}}
Opslaan | Annuleren | Zoeken | Nieuwe patiënt | Nieuwe klant
""",
    "sv": r"""
Syntetisk testpost. Patienten är påhittad.
Första besök, uppföljning, slutlig granskning
Patienten har diabetes och tar {{drug}} {{n}} mg dagligen.
Återbesök om två veckor, ingen ytterligare behandling.
Testpatient, ogiltigt nationellt nummer, bortse.
Kundanteckning: fakturan är betald.
Ogiltigt nummer. Kontrollera numret.
Uppföljning {{date}}, nästa besök {{date}}
Spara | Avbryt | Sök | Ny patient | Ny kund
""",
    "da": r"""
Syntetisk testjournal. Patienten er fiktiv.
Første besøg, opfølgning, endelig gennemgang
Patienten har diabetes og tager {{drug}} {{n}} mg dagligt.
Kontrol om to uger, ingen yderligere behandling.
Testpatient, ugyldigt nationalt nummer, ignorer.
Kundenotat: faktura betalt, intet udestår.
Kontrol den {{date}}, næste besøg den {{date}}
Gem | Annuller | Søg | Ny patient | Ny kunde
""",
    "no": r"""
Syntetisk testjournal. Pasienten er oppdiktet.
Første besøk, oppfølging, endelig gjennomgang
Pasienten har diabetes og bruker {{drug}} {{n}} mg daglig.
Kontroll om to uker, ingen videre behandling.
Testpasient, ugyldig nasjonalt nummer, se bort fra dette.
Kundenotat: faktura betalt.
Kontroll {{date}}, neste besøk {{date}}
Lagre | Avbryt | Søk | Ny pasient | Ny kunde
""",
    "fi": r"""
Synteettinen testitietue. Potilas on kuvitteellinen.
Ensikäynti, seuranta, loppuarvio
Potilaalla on diabetes ja hän käyttää lääkettä {{drug}} {{n}} mg päivässä.
Kontrolli kahden viikon kuluttua, ei muuta hoitoa.
Testipotilas, kansallinen tunnus virheellinen.
Asiakasmerkintä: lasku maksettu.
Kontrolli {{date}}, seuraava käynti {{date}}
Tallenna | Peruuta | Hae | Uusi potilas | Uusi asiakas
""",
    "pl": r"""
Syntetyczny rekord testowy. Pacjent jest fikcyjny.
Pierwsza wizyta, kontrola, ocena końcowa
Pacjent choruje na cukrzycę i przyjmuje {{drug}} {{n}} mg dziennie.
Kontrola za dwa tygodnie, bez dalszego leczenia.
Pacjent testowy, krajowy numer nieprawidłowy, pominąć.
Notatka klienta: faktura zapłacona.
Nieprawidłowy numer. Sprawdź identyfikator.
Kontrola {{date}}, następna wizyta {{date}}
Zapisz | Anuluj | Szukaj | Nowy pacjent | Nowy klient
""",
    "cs": r"""
Syntetický testovací záznam. Pacient je smyšlený.
První návštěva, kontrola, závěrečné hodnocení
Pacient má cukrovku a užívá {{drug}} {{n}} mg denně.
Kontrola za dva týdny, bez další léčby.
Testovací pacient, národní číslo neplatné.
Poznámka zákazníka: faktura zaplacena.
Kontrola {{date}}, další návštěva {{date}}
Uložit | Zrušit | Hledat | Nový pacient | Nový zákazník
""",
    "sk": r"""
Syntetický testovací záznam. Pacient je vymyslený.
Prvá návšteva, kontrola, záverečné hodnotenie
Pacient má cukrovku a užíva {{drug}} {{n}} mg denne.
Kontrola o dva týždne, bez ďalšej liečby.
Testovací pacient, národné číslo neplatné.
Poznámka zákazníka: faktúra zaplatená.
Kontrola {{date}}, ďalšia návšteva {{date}}
Uložiť | Zrušiť | Hľadať | Nový pacient
""",
    "hu": r"""
Szintetikus tesztrekord. A beteg kitalált.
Első vizit, kontroll, záró értékelés
A beteg cukorbeteg, naponta {{drug}} {{n}} mg adagot szed.
Kontroll két hét múlva, további kezelés nem kell.
Tesztbeteg, a nemzeti azonosító érvénytelen.
Ügyfélmegjegyzés: a számla rendezve.
Kontroll: {{date}}, következő vizit: {{date}}
Mentés | Mégse | Keresés | Új beteg | Új ügyfél
""",
    "ro": r"""
Înregistrare de test sintetică. Pacientul este fictiv.
Prima vizită, control, evaluare finală
Pacientul are diabet și ia {{drug}} {{n}} mg pe zi.
Control peste două săptămâni, fără alt tratament.
Pacient de test, număr național nevalid, ignorați.
Notă client: factura este plătită.
Control la {{date}}, următoarea vizită la {{date}}
Salvează | Anulează | Caută | Pacient nou | Client nou
""",
    "hr": r"""
Sintetički testni zapis. Pacijent je izmišljen.
Prvi pregled, kontrola, završna ocjena
Pacijent ima dijabetes i uzima {{drug}} {{n}} mg dnevno.
Kontrola za dva tjedna, bez daljnje terapije.
Testni pacijent, nacionalni broj nije valjan.
Bilješka o kupcu: račun je plaćen.
Kontrola {{date}}, sljedeći pregled {{date}}
Spremi | Odustani | Traži | Novi pacijent | Novi kupac
""",
    "sl": r"""
Sintetični testni zapis. Bolnik je izmišljen.
Prvi obisk, kontrola, končni pregled
Bolnik ima sladkorno bolezen in jemlje {{drug}} {{n}} mg na dan.
Kontrola čez dva tedna, brez nadaljnjega zdravljenja.
Testni bolnik, nacionalna številka ni veljavna.
Opomba stranke: račun plačan.
Kontrola {{date}}, naslednji obisk {{date}}
Shrani | Prekliči | Išči | Nov bolnik
""",
}
