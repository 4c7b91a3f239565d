# ruff: noqa: E501  (one list a line)
"""Addresses in the rest of the world. Streets are common names, cities are real ones."""

from __future__ import annotations

from .country import NUMBER_FIRST, Country, split

WORLD: dict[str, Country] = {
    "US": Country(
        "USA",
        "en",
        "en_US",
        split(
            "Main St, Oak Avenue, Maple Drive, Elm St, Washington Blvd, 2nd Ave, W 45th Street, Sunset Blvd,"
            " County Road 12, Park Ave, Lincoln Way, Cedar Ln, Highway 61 N, MLK Jr. Blvd, NE 8th St, Lakeview Ct,"
            " Peachtree St NE, Old Mill Rd, Broadway, S Michigan Ave, Riverside Dr, Pine Hollow Trl"
        ),
        split(
            "Springfield, Portland, Austin, Denver, Boise, Tulsa, Columbus, Raleigh, Salem, Madison, Omaha,"
            " Albany, Tampa, San Diego, El Paso, Baton Rouge, St. Louis, Fort Wayne, Grand Rapids, New York, Chicago"
        ),
        ("#####",),
        (
            "{no} {street}|{city}, {state} {post}",
            "{no} {street}|{city}, {state} {post}",
            "{no} {street}|{city} {state} {post}",
            "{no} {street}|{city}, {state}",
            "P.O. Box {no}|{city}, {state} {post}",
        ),
        NUMBER_FIRST,
        ", Apt {flat}B",
    ),
    "CA": Country(
        "Canada",
        "en",
        "",
        split(
            "Queen Street West, Yonge St, Rue Sherbrooke, Jasper Avenue, Granville St, Bloor St E, Portage Ave"
        ),
        split("Toronto, Vancouver, Calgary, Halifax, Winnipeg, Ottawa"),
        ("M#A #A#", "V#A #A#", "T#A #A#", "K#A #A#"),
        ("{no} {street}|{city}, {region} {post}", "{flat}-{no} {street}|{city} {region}  {post}"),
        NUMBER_FIRST,
        ", Unit {flat}",
        regions=("ON", "BC", "AB", "NS", "MB", "QC"),
    ),
    "CAF": Country(
        "Canada",
        "fr",
        "",
        split(
            "rue Saint-Denis, boulevard René-Lévesque, avenue du Parc, chemin Sainte-Foy, rue Sherbrooke Ouest"
        ),
        split("Montréal, Québec, Laval, Gatineau, Sherbrooke"),
        ("H#A #A#", "G#A #A#", "J#A #A#"),
        ("{no}, {street}|{city} (Québec) {post}", "{no} {street}, app. {flat}|{city} QC {post}"),
        "{no}, {street}",
    ),
    "AU": Country(
        "Australia",
        "en",
        "en_AU",
        split(
            "George Street, Collins St, Bondi Road, Beach Rd, Wattle Crescent, Kangaroo Pde, King William St"
        ),
        split("Sydney, Melbourne, Brisbane, Perth, Adelaide, Hobart, Geelong, Cairns"),
        ("2###", "3###", "4###", "6###"),
        (
            "{no} {street}|{city} {region} {post}",
            "Unit {flat}/{no} {street}|{city} {region} {post}",
        ),
        NUMBER_FIRST,
        "",
        regions=("NSW", "VIC", "QLD", "WA", "SA", "TAS"),
    ),
    "NZ": Country(
        "New Zealand",
        "en",
        "",
        split("Queen Street, Lambton Quay, Ponsonby Rd, Riccarton Road, Moorhouse Ave, Tui Place"),
        split("Auckland, Wellington, Christchurch, Dunedin, Hamilton"),
        ("####",),
        ("{no} {street}|{city} {post}",),
        NUMBER_FIRST,
    ),
    "ZA": Country(
        "South Africa",
        "en",
        "",
        split(
            "Long Street, Jan Smuts Avenue, Voortrekker Road, Nelson Mandela Drive, Church Street, Kloof Nek Rd"
        ),
        split("Cape Town, Johannesburg, Durban, Pretoria, Sandton, Bloemfontein"),
        ("####",),
        ("{no} {street}|{city}|{post}", "{no} {street}|{city} {post}"),
        NUMBER_FIRST,
        "",
    ),
    "IN": Country(
        "India",
        "en",
        "",
        split(
            "MG Road, Linking Road, Nehru Street, Anna Salai, Park Street, Brigade Road, Station Road, Gandhi Nagar"
        ),
        split("Mumbai, Bengaluru, Chennai, Kolkata, Pune, Hyderabad, Jaipur, New Delhi"),
        ("4000##", "5600##", "6000##", "110 0##", "7000##"),
        (
            "Flat {flat}, {street}|{city} - {post}",
            "{no}/{flat}, {street}|{city} {post}",
            "H.No. {no}, {street}|{city}-{post}",
        ),
        "{no}, {street}",
    ),
    "SG": Country(
        "Singapore",
        "en",
        "",
        split(
            "Orchard Road, Ang Mo Kio Ave 3, Bukit Timah Road, Tampines Street 81, Jurong West Ave 1"
        ),
        ("Singapore",),
        ("5#####", "6#####"),
        ("Blk {no} {street} #{floor}-{flat}|{city} {post}", "{no} {street}|{city} {post}"),
        NUMBER_FIRST,
    ),
    "NG": Country(
        "Nigeria",
        "en",
        "",
        split("Allen Avenue, Awolowo Road, Adeola Odeku Street, Ahmadu Bello Way, Ogunlana Drive"),
        split("Lagos, Abuja, Ibadan, Port Harcourt, Kano"),
        ("######",),
        ("{no} {street}|{city}", "No. {no} {street}|{city} {post}"),
        NUMBER_FIRST,
    ),
    "KE": Country(
        "Kenya",
        "en",
        "",
        split("Moi Avenue, Kenyatta Avenue, Ngong Road, Mombasa Road"),
        split("Nairobi, Mombasa, Kisumu, Nakuru"),
        ("#####-00100", "00###"),
        ("P.O. Box {no}-{post}|{city}", "{no} {street}|{city}"),
        NUMBER_FIRST,
    ),
    "PH": Country(
        "Philippines",
        "en",
        "",
        split("Rizal Avenue, Mabini St., Bonifacio Street, Katipunan Ave., Quezon Blvd"),
        split("Quezon City, Makati City, Cebu City, Davao City"),
        ("####",),
        ("{no} {street}, Brgy. San Isidro|{city} {post}", "{no} {street}|{post} {city}"),
        NUMBER_FIRST,
    ),
    "MX": Country(
        "México",
        "es",
        "es_MX",
        split("Av. Insurgentes Sur, Calle Hidalgo, Av. Reforma, Calle 5 de Mayo, Blvd. Juárez"),
        split("Ciudad de México, Guadalajara, Monterrey, Puebla, Mérida"),
        ("0####", "4####", "6####"),
        (
            "{street} {no}, Col. Centro|{post} {city}",
            "{street} No. {no} Int. {flat}|C.P. {post} {city}",
        ),
    ),
    "AR": Country(
        "Argentina",
        "es",
        "",
        split("Av. Corrientes, Av. Rivadavia, Calle San Martín, Belgrano, Av. Santa Fe"),
        split("Buenos Aires, Córdoba, Rosario, Mendoza, La Plata"),
        ("C10##AAA", "####", "B####AAA"),
        ("{street} {no}, {floor}° A|{post} {city}", "{street} {no}|{city}"),
    ),
    "CO": Country(
        "Colombia",
        "es",
        "",
        split("Calle 72, Carrera 15, Avenida El Dorado, Transversal 9, Diagonal 45"),
        split("Bogotá, Medellín, Cali, Barranquilla"),
        ("11####",),
        (
            "{street} # {flat}-{floor}|{city}",
            "{street} No. {flat}-{floor}, Apto {flat}|{city} D.C.",
        ),
    ),
    "CL": Country(
        "Chile",
        "es",
        "",
        split("Av. Providencia, Calle Moneda, Av. Apoquindo, Los Leones"),
        split("Santiago, Valparaíso, Concepción"),
        ("#######",),
        ("{street} {no}, depto. {flat}|{city}", "{street} {no}|{post} {city}"),
    ),
    "BR": Country(
        "Brasil",
        "pt",
        "pt_BR",
        split(
            "Rua das Acácias, Avenida Paulista, Rua XV de Novembro, Av. Brasil, Alameda Santos, Travessa São José"
        ),
        split(
            "São Paulo, Rio de Janeiro, Belo Horizonte, Curitiba, Recife, Salvador, Porto Alegre"
        ),
        ("0####-###", "2####-###", "#####-000"),
        (
            "{street}, {no}, apto {flat}|{city} - {region}|{post}",
            "{street}, {no} - Centro|{city}/{region}|CEP {post}",
            "{street}, {no}|{city}",
        ),
        "{street}, {no}",
        regions=("SP", "RJ", "MG", "PR", "PE", "BA", "RS"),
    ),
    "IND": Country(
        "भारत",
        "hi",
        "",
        split("महात्मा गांधी मार्ग, नेहरू रोड, स्टेशन रोड, गांधी नगर, लाजपत नगर, सुभाष मार्ग"),
        split("दिल्ली, मुंबई, लखनऊ, जयपुर, भोपाल"),
        ("1100##", "2260##", "3020##"),
        ("{no}, {street}|{city} - {post}", "मकान नं. {no}, {street}|{city} {post}"),
        "{no}, {street}",
    ),
    "CN": Country(
        "中国",
        "zh",
        "",
        split("中山路, 人民路, 建国路, 解放大道, 长安街, 南京西路, 文化路"),
        split("北京市朝阳区, 上海市浦东新区, 广州市天河区, 深圳市南山区, 杭州市西湖区"),
        ("######",),
        (
            "{city}{street}{no}号",
            "{city}{street}{no}号{floor}单元{flat}室",
            "{city}{street}{no}号 {post}",
        ),
        "{street}{no}号",
        joiner="",
    ),
    "TW": Country(
        "台灣",
        "zh",
        "",
        split("忠孝東路四段, 中正路, 民生西路, 和平東路二段, 復興南路一段"),
        split("台北市大安區, 台中市西屯區, 高雄市三民區, 新北市板橋區"),
        ("1##", "#####"),
        ("{city}{street}{no}號", "{post}{city}{street}{no}號{floor}樓"),
        "{street}{no}號",
        joiner="",
    ),
    "JP": Country(
        "日本",
        "ja",
        "",
        split("神宮前, 西新宿, 本町, 栄, 桜丘町, 北山, 三条通"),
        split(
            "東京都渋谷区, 東京都新宿区, 大阪府大阪市中央区, 京都府京都市中京区, 愛知県名古屋市中区, 北海道札幌市北区"
        ),
        ("1##-00##", "5##-00##"),
        (
            "〒{post} {city}{street}{floor}-{flat}-{no}",
            "{city}{street}{floor}丁目{flat}番{no}号",
            "{city}{street}{floor}-{flat}-{no} {flat}0{floor}号室",
        ),
        "{street}{floor}-{flat}-{no}",
        joiner=" ",
    ),
    "KR": Country(
        "대한민국",
        "ko",
        "",
        split("테헤란로, 세종대로, 강남대로, 올림픽로, 중앙로, 한강대로"),
        split(
            "서울특별시 강남구, 서울시 마포구, 부산광역시 해운대구, 대구광역시 수성구, 인천시 연수구"
        ),
        ("0####", "4####"),
        (
            "{city} {street} {no}",
            "{city} {street} {no}, {flat}동 {floor}0{floor}호",
            "({post}) {city} {street} {no}",
        ),
        "{street} {no}",
        joiner=" ",
    ),
    "VN": Country(
        "Việt Nam",
        "vi",
        "",
        split("Nguyễn Huệ, Lê Lợi, Trần Hưng Đạo, Điện Biên Phủ, Hai Bà Trưng, Lý Thường Kiệt"),
        split("Hà Nội, TP. Hồ Chí Minh, Đà Nẵng, Hải Phòng, Cần Thơ"),
        ("7#####",),
        (
            "{no} {street}|Quận {floor}|{city}",
            "số {no} đường {street}|Phường {flat}|{city}",
            "{no} {street}|{city} {post}",
        ),
        "{no} {street}",
    ),
    "ID": Country(
        "Indonesia",
        "id",
        "",
        split(
            "Jl. Sudirman, Jalan Merdeka, Jl. Gatot Subroto, Jl. Diponegoro, Gang Melati, Jl. Ahmad Yani"
        ),
        split("Jakarta Selatan, Bandung, Surabaya, Medan, Yogyakarta"),
        ("1####", "4####", "6####"),
        (
            "{street} No. {no}|{city} {post}",
            "{street} No. {no} RT 0{floor}/RW 0{floor}|{city} {post}",
        ),
        "{street} No. {no}",
    ),
    "TH": Country(
        "ประเทศไทย",
        "th",
        "",
        split("ถนนสุขุมวิท, ถนนสีลม, ถนนพระราม 4, ถนนเพชรบุรี"),
        split("กรุงเทพฯ, เชียงใหม่, ภูเก็ต"),
        ("10###", "50###"),
        ("{no}/{flat} {street}|{city} {post}",),
        "{no} {street}",
        joiner=" ",
    ),
}
