# ruff: noqa: E501, ISC004  (lists of words read best as one string)
"""Names of many cultures: which of Faker's lists serve a language, and names that it lacks."""

from __future__ import annotations

# Language of a text -> Faker locales of its people.
CULTURES: dict[str, tuple[str, ...]] = {
    "en": (
        "en_US",
        "en_US",
        "en_GB",
        "en_AU",
        "en_IE",
        "en_NZ",
        "en_CA",
        "en_IN",
        "en_NG",
        "en_PK",
    ),
    "es": ("es_ES", "es_MX", "es_AR", "es_CO", "es_CL"),
    "fr": ("fr_FR", "fr_FR", "fr_CA", "fr_BE", "fr_CH"),
    "de": ("de_DE", "de_DE", "de_AT", "de_CH"),
    "it": ("it_IT",),
    "pt": ("pt_BR", "pt_PT"),
    "nl": ("nl_NL", "nl_BE"),
    "sv": ("sv_SE",),
    "da": ("da_DK",),
    "no": ("no_NO",),
    "fi": ("fi_FI",),
    "pl": ("pl_PL",),
    "cs": ("cs_CZ",),
    "sk": ("sk_SK",),
    "hu": ("hu_HU",),
    "ro": ("ro_RO",),
    "hr": ("hr_HR",),
    "sl": ("sl_SI",),
    "lt": ("lt_LT",),
    "lv": ("lv_LV",),
    "et": ("et_EE",),
    "hy": ("hy_AM",),
    "ka": ("ka_GE",),
    "mr": ("mr_IN",),
    "gu": ("gu_IN",),
    "or": ("or_IN",),
    "tr": ("tr_TR",),
    "el": ("el_GR",),
    "ru": ("ru_RU",),
    "uk": ("uk_UA",),
    "ar": ("ar_SA", "ar_AA", "ar_PS"),
    "fa": ("fa_IR",),
    "he": ("he_IL",),
    "hi": ("hi_IN",),
    "bn": ("bn_BD",),
    "ta": ("ta_IN",),
    "zh": ("zh_CN", "zh_TW"),
    "ja": ("ja_JP",),
    "ko": ("ko_KR",),
    "vi": ("vi_VN",),
    "id": ("id_ID",),
    "th": ("th_TH",),
    "tl": ("fil_PH",),
    "sw": ("sw",),
    "zu": ("zu_ZA",),
    "yo": ("yo_NG",),
    "tw": ("tw_GH",),
}
# Cultures in Latin script, whose people turn up in any text.
WESTERN = (
    *("es", "fr", "de", "it", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "hu", "ro", "hr"),
    *("sk", "sl", "lt", "lv", "et", "tr", "id", "tl", "zu", "yo", "tw", "vi", "ca", "ms", "xh"),
    *("ig", "ha", "af", "sr-Latn", "hi-Latn"),
)
NATIVE_FAMILY_FIRST = ("zh", "ja", "ko")

# (given names, family names) in Latin script, of cultures that Faker has in native script only.
LISTED_NAMES = (
    (
        "Wei Li Na Fang Jun Yan Ming Xiaoming Jing Lei Hui Yong Xin Mei Ling Tao Bo Qiang Yu Hao",
        "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng",
    ),
    (
        "Minjun Ji-woo Seo-yeon Hyun-woo Soo-jin Eun-ji Young-ho Sung-min Hye-jin Dong-hyun Jae-won",
        "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Ryu Hong",
    ),
    (
        "Mohammed Ahmed Fatima Omar Layla Yusuf Khalid Noor Hassan Mariam Tariq Zainab Ibrahim Salma "
        "Abdullah Huda Karim Rania Samir Amal Bilal Dina Faisal Hanan Jamal Leila Mahmoud Nadia Rashid",
        "Al-Sayed Hassan Al-Farsi Haddad Khoury Nasser Mansour Al-Rashid Saleh Abbas Aziz Hamdan Darwish "
        "Najjar Qasim Shaheen Al-Hashimi Barakat Zaki Farouk Sharif Ghanem Habib El-Masri Ben-Ali Rahman",
    ),
    (
        "Aarav Priya Rahul Ananya Vikram Sneha Arjun Kavya Rohan Divya Sanjay Lakshmi Amit Neha Suresh "
        "Pooja Rajesh Deepa Kiran Meera Nikhil Anjali Harpreet Gurpreet Manish Sunita Venkat Shreya Ishaan",
        "Sharma Patel Singh Kumar Gupta Reddy Iyer Nair Mehta Rao Das Banerjee Mukherjee Chatterjee Joshi "
        "Desai Kapoor Malhotra Verma Agarwal Pillai Menon Kaur Gill Bhatt Chowdhury Naidu Krishnan Subramanian",
    ),
    (
        "Reza Shirin Dariush Nasrin Arash Parisa Kaveh Mahsa Behrouz Golnaz Farhad Azadeh Siavash Yasmin",
        "Hosseini Ahmadi Karimi Rahimi Mohammadi Moradi Jafari Tehrani Kazemi Shirazi Farahani Zand",
    ),
    (
        "David Yael Moshe Noa Avi Tamar Eitan Shira Yossi Maya Amir Rivka Uri Michal Ariel Dov Gal",
        "Cohen Levi Mizrahi Peretz Biton Friedman Katz Shapiro Ben-David Azoulay Goldberg Bar-Lev Dahan",
    ),
    (
        "Chidi Ngozi Emeka Amara Kwame Ama Kofi Abena Tunde Folake Thabo Naledi Sipho Zanele Wanjiru "
        "Otieno Njeri Kamau Amina Juma Baraka Tendai Rudo Chipo Mandla Abebe Tsehay Selam Dawit Bekele",
        "Okafor Adeyemi Okonkwo Mensah Boateng Owusu Nkosi Dlamini Mokoena Mwangi Odhiambo Kariuki Moyo "
        "Ncube Abubakar Danjuma Eze Balogun Tesfaye Haile Gebre Banda Phiri Diallo Traore Keita Ndiaye Sow",
    ),
    (
        "Nguyen Minh Thanh Huong Linh Duc Anh Trang Tuan Phuong Somchai Siriporn Anong Kittisak Malee",
        "Tran Nguyen Le Pham Hoang Phan Vu Dang Bui Do Suwan Chaiyasit Srisai Wongsawat Saetang",
    ),
    (
        "Aiyana Koa Leilani Makoa Kalani Talulah Wiremu Aroha Tane Mere Sione Tevita Ana Lupe",
        "Begay Yazzie Tsosie Kealoha Kahananui Ngata Parata Taufa Fonoti Tuilagi Blackhorse Whitefeather",
    ),
)
