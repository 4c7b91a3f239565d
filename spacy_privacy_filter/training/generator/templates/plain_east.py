"""Headings, notes, forms and screens without a person in them: languages of eastern Europe."""

from __future__ import annotations

LINES = {
    "sr": r"""
Синтетички тест запис. Пацијент је измишљен.
Прва посета, контрола, завршни преглед
Пацијент има дијабетес и узима {{drug}} {{n}} mg дневно.
Контрола за две недеље, без даље терапије.
Тест пацијент, национални број није исправан.
Напомена о купцу: рачун је плаћен.
Контрола {{date}}, следећа посета {{date}}
Сачувај | Откажи | Тражи | Нови пацијент
""",
    "bg": r"""
Синтетичен тестов запис. Пациентът е измислен.
Първо посещение, контролен преглед, заключение
Пациентът има диабет и приема {{drug}} {{n}} mg дневно.
Контрола след две седмици, без друго лечение.
Тестов пациент, националният номер е невалиден.
Бележка за клиента: фактурата е платена.
Контрола на {{date}}, следващо посещение на {{date}}
Запази | Отказ | Търси | Нов пациент | Нов клиент
""",
    "lt": r"""
Sintetinis bandomasis įrašas. Pacientas išgalvotas.
Pirmas vizitas, patikra, galutinė apžvalga
Pacientas serga diabetu ir vartoja {{drug}} {{n}} mg per dieną.
Patikra po dviejų savaičių, gydymo nereikia.
Bandomasis pacientas, nacionalinis numeris netinkamas.
Kliento pastaba: sąskaita apmokėta.
Patikra {{date}}, kitas vizitas {{date}}
Išsaugoti | Atšaukti | Ieškoti | Naujas pacientas
""",
    "lv": r"""
Sintētisks testa ieraksts. Pacients ir izdomāts.
Pirmā vizīte, kontrole, noslēguma pārskats
Pacientam ir diabēts, lieto {{drug}} {{n}} mg dienā.
Kontrole pēc divām nedēļām, cita ārstēšana nav vajadzīga.
Testa pacients, nacionālais numurs nederīgs.
Klienta piezīme: rēķins apmaksāts.
Kontrole {{date}}, nākamā vizīte {{date}}
Saglabāt | Atcelt | Meklēt | Jauns pacients
""",
    "et": r"""
Sünteetiline testkirje. Patsient on väljamõeldud.
Esmane visiit, järelkontroll, lõplik ülevaade
Patsiendil on diabeet, ta võtab {{drug}} {{n}} mg päevas.
Kontroll kahe nädala pärast, muud ravi pole vaja.
Testpatsient, riiklik number ei kehti.
Kliendi märkus: arve on makstud.
Kontroll {{date}}, järgmine visiit {{date}}
Salvesta | Loobu | Otsi | Uus patsient
""",
    "el": r"""
Συνθετική δοκιμαστική εγγραφή. Ο ασθενής είναι φανταστικός.
Πρώτη επίσκεψη, επανέλεγχος, τελική αξιολόγηση
Ο ασθενής έχει διαβήτη και παίρνει {{drug}} {{n}} mg την ημέρα.
Επανέλεγχος σε δύο εβδομάδες, χωρίς άλλη θεραπεία.
Δοκιμαστικός ασθενής, μη έγκυρος εθνικός αριθμός.
Σημείωση πελάτη: το τιμολόγιο πληρώθηκε.
Επανέλεγχος {{date}}, επόμενη επίσκεψη {{date}}
Αποθήκευση | Άκυρο | Αναζήτηση | Νέος ασθενής
""",
    "ca": r"""
Registre sintètic de prova. El pacient és fictici.
Primera visita, seguiment, revisió final
El pacient té diabetis i pren {{drug}} {{n}} mg al dia.
Control d'aquí a dues setmanes, sense més tractament.
Pacient de prova, número nacional no vàlid.
Nota del client: factura pagada.
Control el {{date}}, propera visita el {{date}}
Desa | Cancel·la | Cerca | Nou pacient
""",
    "ru": r"""
Синтетическая тестовая запись. Пациент вымышленный.
Первичный приём, повторный осмотр, итоговое заключение
У пациента диабет, принимает {{drug}} {{n}} mg в день.
Повторный приём через две недели, лечение не требуется.
Тестовый пациент, национальный номер неверный.
Заметка о клиенте: счёт оплачен.
Неверный номер. Проверьте идентификатор.
Осмотр {{date}}, следующий визит {{date}}
Сохранить | Отмена | Поиск | Новый пациент | Новый клиент
""",
    "uk": r"""
Синтетичний тестовий запис. Пацієнт вигаданий.
Перший візит, повторний огляд, підсумковий висновок
Пацієнт має діабет і приймає {{drug}} {{n}} mg на день.
Повторний огляд за два тижні, лікування не потрібне.
Тестовий пацієнт, національний номер недійсний.
Примітка про клієнта: рахунок сплачено.
Огляд {{date}}, наступний візит {{date}}
Зберегти | Скасувати | Пошук | Новий пацієнт
""",
}
