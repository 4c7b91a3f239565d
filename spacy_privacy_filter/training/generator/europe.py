# ruff: noqa: E501  (one list a line)
"""Addresses in Europe and the Near East. Streets are common names, cities are real ones."""

from __future__ import annotations

from .country import NUMBER_FIRST, Country, split

EUROPE: dict[str, Country] = {
    "GB": Country(
        "United Kingdom",
        "en",
        "en_GB",
        split(
            "High Street, Station Road, Church Lane, Victoria Road, Mill Lane, Kings Road, The Green,"
            " Albert Terrace, Park View, Queensway, Elm Grove, Chapel Hill, Manor Close, St John's Road"
        ),
        split(
            "London, Leeds, Bristol, Manchester, York, Norwich, Cardiff, Edinburgh, Glasgow, Bath, Exeter,"
            " Belfast, Hull, Derby, Milton Keynes, Stoke-on-Trent"
        ),
        ("SW#A #AA", "LS# #AA", "M## #AA", "BS# #AA", "EH# #AA", "AA## #AA", "N# #AA", "CF## #AA"),
        (
            "{no} {street}|{city} {post}",
            "{no} {street}|{city}|{post}",
            "Flat {flat}|{no} {street}|{city} {post}",
            "{no} {street}|{post}",
        ),
        NUMBER_FIRST,
        " (Flat {flat})",
    ),
    "IE": Country(
        "Ireland",
        "en",
        "",
        split("O'Connell Street, Grafton St, Patrick St, Shop Street, Main Street, Strand Road"),
        split("Dublin 4, Cork, Galway, Limerick, Waterford, Co. Kildare, Dublin 15"),
        ("D## A#A#", "T## AA##", "H## A###"),
        ("{no} {street}|{city}|{post}", "{no} {street}|{city}"),
        NUMBER_FIRST,
        ", Apartment {flat}",
    ),
    "DE": Country(
        "Deutschland",
        "de",
        "de_DE",
        split(
            "Hauptstraße, Bahnhofstr., Lindenallee, Goethestraße, Am Markt, Schillerplatz, Kirchweg, Im Grund"
        ),
        split(
            "Berlin, München, Hamburg, Köln, Leipzig, Dresden, Stuttgart, Freiburg im Breisgau, Kassel, Münster"
        ),
        ("1####", "8####", "5####", "0####"),
        (
            "{street} {no}|{post} {city}",
            "{street} {no}|D-{post} {city}",
            "{street} {no}|{post} {city}",
        ),
        unit=", {floor}. OG",
    ),
    "AT": Country(
        "Österreich",
        "de",
        "de_AT",
        split("Mariahilfer Straße, Landstraße, Getreidegasse, Ringstraße, Wiener Straße"),
        split("Wien, Graz, Linz, Salzburg, Innsbruck"),
        ("1##0", "####"),
        ("{street} {no}/{flat}|{post} {city}", "{street} {no}|A-{post} {city}"),
    ),
    "CH": Country(
        "Schweiz",
        "de",
        "",
        split("Bahnhofstrasse, Dorfstrasse, Seestrasse, Rue du Rhône, Via Nassa, Bundesplatz"),
        split("Zürich, Bern, Basel, Luzern, Genève, Lausanne, Winterthur"),
        ("80##", "30##", "12##", "40##"),
        ("{street} {no}|{post} {city}", "{street} {no}|CH-{post} {city}"),
    ),
    "FR": Country(
        "France",
        "fr",
        "fr_FR",
        split(
            "rue de la République, avenue Victor Hugo, boulevard Voltaire, rue des Lilas, place de l'Église, impasse du Moulin"
        ),
        split("Paris, Lyon, Marseille, Toulouse, Nantes, Lille, Bordeaux, Strasbourg, Rennes"),
        ("750##", "690##", "130##", "#####"),
        (
            "{no} {street}|{post} {city}",
            "{no}, {street}|{post} {city}",
            "{no} bis {street}|{post} {city} Cedex {floor}",
        ),
        NUMBER_FIRST,
        ", Bât. B, appt {flat}",
    ),
    "BE": Country(
        "België",
        "nl",
        "",
        split(
            "Kerkstraat, Stationsstraat, Nieuwstraat, Rue Neuve, Chaussée de Charleroi, Molenstraat"
        ),
        split("Antwerpen, Gent, Brugge, Bruxelles, Liège, Leuven"),
        ("####", "B-####"),
        ("{street} {no}|{post} {city}", "{street} {no} bus {flat}|{post} {city}"),
    ),
    "ES": Country(
        "España",
        "es",
        "es_ES",
        split(
            "Calle Mayor, Avenida de la Constitución, C/ Alcalá, Paseo de Gracia, Plaza España, Calle del Sol, Ronda Sur"
        ),
        split("Madrid, Barcelona, Sevilla, Valencia, Zaragoza, Bilbao, Málaga, Murcia"),
        ("280##", "080##", "410##", "460##"),
        (
            "{street} {no}, {floor}º B|{post} {city}",
            "{street}, {no}|{post} {city}",
            "{street} nº {no}|{post} {city}",
        ),
    ),
    "IT": Country(
        "Italia",
        "it",
        "it_IT",
        split(
            "Via Roma, Corso Garibaldi, Piazza del Duomo, Viale Europa, Via Dante Alighieri, Vicolo Stretto"
        ),
        split("Roma, Milano, Torino, Napoli, Bologna, Firenze, Palermo, Genova"),
        ("001##", "201##", "401##", "501##"),
        (
            "{street} {no}|{post} {city}",
            "{street}, {no}|{post} {city} (RM)",
            "{street} n. {no}|{post} {city}",
        ),
        unit=", interno {flat}",
    ),
    "PT": Country(
        "Portugal",
        "pt",
        "pt_PT",
        split(
            "Rua Augusta, Avenida da Liberdade, Praça do Comércio, Rua das Flores, Travessa do Carmo"
        ),
        split("Lisboa, Porto, Braga, Coimbra, Faro"),
        ("1###-###", "4###-###"),
        ("{street}, {no}|{post} {city}", "{street} n.º {no}, {floor}.º Esq.|{post} {city}"),
    ),
    "NL": Country(
        "Nederland",
        "nl",
        "nl_NL",
        split("Kerkstraat, Dorpsstraat, Prinsengracht, Stationsweg, Julianalaan, Molenweg"),
        split("Amsterdam, Rotterdam, Utrecht, Den Haag, Eindhoven, Groningen"),
        ("1### AA", "3### AA", "5###AA"),
        ("{street} {no}|{post} {city}", "{street} {no}-{floor}|{post} {city}"),
    ),
    "SE": Country(
        "Sverige",
        "sv",
        "sv_SE",
        split("Storgatan, Drottninggatan, Kungsgatan, Skolvägen, Björkvägen, Sveavägen"),
        split("Stockholm, Göteborg, Malmö, Uppsala, Lund, Umeå"),
        ("1## ##", "4## ##", "2####"),
        ("{street} {no}|{post} {city}", "{street} {no}, lgh 1{floor}02|{post} {city}"),
    ),
    "DK": Country(
        "Danmark",
        "da",
        "da_DK",
        split("Vestergade, Nørrebrogade, Strandvejen, Møllevej, Algade"),
        split("København, Aarhus, Odense, Aalborg, Roskilde"),
        ("2###", "8###", "DK-5###"),
        ("{street} {no}, {floor}. tv|{post} {city}", "{street} {no}|{post} {city}"),
    ),
    "NO": Country(
        "Norge",
        "no",
        "",
        split("Karl Johans gate, Storgata, Kirkeveien, Bjørnsons vei, Strandgata"),
        split("Oslo, Bergen, Trondheim, Stavanger, Tromsø"),
        ("0###", "5###", "7###"),
        ("{street} {no}|{post} {city}",),
    ),
    "FI": Country(
        "Suomi",
        "fi",
        "fi_FI",
        split("Mannerheimintie, Koulukatu, Hämeenkatu, Rantatie, Aleksanterinkatu"),
        split("Helsinki, Tampere, Turku, Oulu, Espoo"),
        ("00##0", "33##0", "2####"),
        ("{street} {no} A {flat}|{post} {city}", "{street} {no}|{post} {city}"),
    ),
    "PL": Country(
        "Polska",
        "pl",
        "",
        split(
            "ul. Marszałkowska, ul. Długa, al. Jerozolimskie, ul. Kwiatowa, os. Słoneczne, ul. Piłsudskiego"
        ),
        split("Warszawa, Kraków, Wrocław, Gdańsk, Poznań, Łódź"),
        ("0#-###", "3#-###", "8#-###"),
        ("{street} {no}/{flat}|{post} {city}", "{street} {no} m. {flat}|{post} {city}"),
    ),
    "CZ": Country(
        "Česká republika",
        "cs",
        "cs_CZ",
        split("Dlouhá, Národní třída, Husova, Masarykovo náměstí, Lipová, Na Příkopě"),
        split("Praha 1, Brno, Ostrava, Plzeň, Olomouc"),
        ("1## 00", "6## 00", "7####"),
        ("{street} {no}/{flat}|{post} {city}", "{street} {no}|{post} {city}"),
    ),
    "HU": Country(
        "Magyarország",
        "hu",
        "",
        split("Kossuth Lajos utca, Petőfi utca, Rákóczi út, Fő tér, Andrássy út"),
        split("Budapest, Debrecen, Szeged, Pécs"),
        ("1##1", "####"),
        ("{post} {city}|{street} {no}.", "{post} {city}|{street} {no}. {floor}/{flat}"),
    ),
    "RO": Country(
        "România",
        "ro",
        "ro_RO",
        split(
            "Strada Mihai Eminescu, Bulevardul Unirii, Calea Victoriei, Str. Florilor, Aleea Teilor"
        ),
        split("București, Cluj-Napoca, Iași, Timișoara, Brașov"),
        ("0#####", "4#####"),
        (
            "{street} nr. {no}, bl. A{floor}, ap. {flat}|{city} {post}",
            "{street} nr. {no}|{post} {city}",
        ),
    ),
    "GR": Country(
        "Ελλάδα",
        "el",
        "el_GR",
        split("Ερμού, Πατησίων, Λεωφόρος Κηφισίας, Τσιμισκή, Αγίου Δημητρίου, Σόλωνος"),
        split("Αθήνα, Θεσσαλονίκη, Πάτρα, Ηράκλειο"),
        ("1## ##", "54# ##"),
        ("{street} {no}|{post} {city}", "{street} {no}, ΤΚ {post}|{city}"),
    ),
    "TR": Country(
        "Türkiye",
        "tr",
        "",
        split(
            "Atatürk Caddesi, İstiklal Cad., Gül Sokak, Cumhuriyet Mah. Lale Sok., Bağdat Caddesi"
        ),
        split("İstanbul, Ankara, İzmir, Bursa, Antalya"),
        ("34###", "06###", "35###"),
        ("{street} No: {no} D: {flat}|{post} {city}", "{street} No:{no}|Kadıköy/{city}"),
    ),
    "RU": Country(
        "Россия",
        "ru",
        "",
        split("ул. Ленина, проспект Мира, ул. Садовая, Невский пр., ул. Гагарина, Цветной бульвар"),
        split("Москва, Санкт-Петербург, Казань, Новосибирск, Екатеринбург"),
        ("1#####", "6#####"),
        (
            "{post}|г. {city}|{street}, д. {no}, кв. {flat}",
            "{street}, дом {no}|{city}|{post}",
            "г. {city}|{street}, {no}-{flat}",
        ),
        "{street}, д. {no}",
    ),
    "UA": Country(
        "Україна",
        "uk",
        "",
        split(
            "вул. Шевченка, вул. Хрещатик, просп. Перемоги, вул. Лесі Українки, бульв. Тараса Шевченка"
        ),
        split("Київ, Львів, Одеса, Харків, Дніпро"),
        ("0####", "7####"),
        ("{street}, буд. {no}, кв. {flat}|м. {city}|{post}", "{street}, {no}|{city}, {post}"),
        "{street}, {no}",
    ),
    "BG": Country(
        "България",
        "bg",
        "",
        split("ул. Иван Вазов, бул. Витоша, ул. Раковски, бул. България"),
        split("София, Пловдив, Варна, Бургас"),
        ("1###", "4###"),
        ("{street} {no}|{post} {city}", "гр. {city} {post}|{street} № {no}, ап. {flat}"),
    ),
    "IL": Country(
        "ישראל",
        "he",
        "",
        split("הרצל, דיזנגוף, רוטשילד, ז'בוטינסקי, בן גוריון, אלנבי"),
        split("תל אביב, ירושלים, חיפה, באר שבע, רמת גן"),
        ("#######",),
        (
            "רחוב {street} {no}|{city} {post}",
            "{street} {no}, דירה {flat}|{city}",
            "רח' {street} {no}|{city}",
        ),
        "רחוב {street} {no}",
    ),
    "EG": Country(
        "مصر",
        "ar",
        "",
        split("شارع طلعت حرب, شارع رمسيس, شارع الهرم, شارع عباس العقاد"),
        split("القاهرة, الإسكندرية, الجيزة"),
        ("#####",),
        ("{no} {street}|{city}", "{no} {street}، الدور {floor}|{city} {post}"),
        "{no} {street}",
        joiner="، ",
    ),
    "AE": Country(
        "الإمارات",
        "ar",
        "",
        split("شارع الملك فهد, شارع الشيخ زايد, شارع التحرير, طريق الأمير سلطان, شارع الجامعة"),
        split("دبي, الرياض, جدة, أبو ظبي, عمّان, الدوحة"),
        ("#####",),
        ("{no} {street}|{city} {post}", "{street}، مبنى {no}، شقة {flat}|{city}"),
        "{street} {no}",
        joiner="، ",
    ),
}
