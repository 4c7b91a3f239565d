# ruff: noqa: E501  (one list a line)
"""East and South-East Asia."""

from __future__ import annotations

TEXT = """
code zh
ids 身份证=china_id; 身份证号码=china_id; 身分證字號=digits10; 护照号=passport; 社保卡号=digits12; 医保卡=digits10
words 患者; 客户; 姓名; 出生日期; 电话; 手机; 地址; 邮编; 邮箱; 就诊; 复诊; {}岁; 病历号; 账号; 有效; 密码; 网站
plain 今天天气很好,我们去公园散步吧 | 这种药每天吃{{n}}次,饭后服用 | 火车晚点{{n}}分钟 | 请问哪款电脑适合学生使用? | 血压正常,没有发烧 | 会议改到下午,请大家准时参加
frames {{date}}{{person:full}}来院复查,身份证{{account:china_id}}已核对。 | 请联系{{person:full}},手机{{phone}}。 | 包裹寄往{{address}},收件人{{person:full}}。

code ja
ids マイナンバー=mynumber; 個人番号=mynumber; 被保険者番号=digits8; 旅券番号=passport; 運転免許証=digits12
words 患者; お客様; 氏名; 生年月日; 電話; 携帯; 住所; 郵便番号; メール; 来院; 再診; {}歳; 診察券番号; 口座番号; 有効; パスワード; ホームページ
plain 今日は天気がいいので散歩に行きましょう | この薬は一日{{n}}回食後に飲んでください | 電車が{{n}}分遅れています | おすすめのパソコンはありますか | 血圧は正常、発熱なし | 会議は午後に変更になりました
frames {{person:full}}様は{{date}}に来院、マイナンバー{{account:mynumber}}を確認。 | {{person:family}}さんに{{phone}}へ電話してください。 | 送付先は{{address}}、{{person:full}}様宛です。

code ko
ids 주민등록번호=rrn; 주민번호=rrn; 외국인등록번호=rrn; 여권번호=passport; 운전면허=digits12
words 환자; 고객; 이름; 생년월일; 전화; 휴대폰; 주소; 우편번호; 이메일; 방문; 재방문; {}세; 차트번호; 계좌번호; 유효; 비밀번호; 홈페이지
plain 오늘 날씨가 정말 좋네요 | 이 약은 하루에 {{n}}번 식후에 드세요 | 기차가 {{n}}분 늦었습니다 | 학생에게 좋은 노트북 추천해 주세요 | 혈압 정상, 열 없음
frames {{person:full}}님이 {{date}}에 방문, 주민등록번호 {{account:rrn}} 확인. | {{person:full}} 씨에게 {{phone}}로 연락 바랍니다.

code th
ids เลขบัตรประชาชน=thai_id; บัตรประชาชน=thai_id; เลขประจำตัวผู้เสียภาษี=digits13; หนังสือเดินทาง=passport; HN=hospital
words ผู้ป่วย; ลูกค้า; ชื่อ; วันเกิด; โทร; มือถือ; ที่อยู่; รหัสไปรษณีย์; อีเมล; นัด; นัดติดตาม; อายุ {} ปี; เลขที่แฟ้ม; เลขบัญชี; ถูกต้อง; รหัสผ่าน; เว็บไซต์
given สมชาย สมหญิง สมศักดิ์ มาลี ประเสริฐ สุดา วิชัย นิภา สุรชัย พรทิพย์ อนุชา กมลวรรณ ณัฐพล ชลธิชา ธนากร ปิยะดา กิตติ วันเพ็ญ มานะ มานี ชูใจ ปิติ สมพร อรุณี บุญมี จันทร์เพ็ญ ศักดิ์ชัย รัตนา วีระ สุภาพร นพดล อัญชลี พงศธร กาญจนา ธีรพงษ์ ศิริพร อภิชาติ นันทนา เอกชัย ดวงใจ นิด ต้น แนน บอย ฟ้า แบงค์ พลอย เก่ง มิ้นต์ โอ๋
family ใจดี มีสุข รักไทย ศรีสุข ทองดี บุญมา แสงทอง วงศ์สวัสดิ์ สุขใจ พงษ์พานิช จันทร์แก้ว คำแสน แก้วมณี ศรีทอง อินทร์แก้ว บุญเรือง สายทอง ชัยชนะ พรหมมา ทองคำ ศรีวงศ์ เพชรดี ไชยวงศ์ สุวรรณ มณีรัตน์ ปัญญา วัฒนกุล เจริญผล ลิ้มเจริญ สมบูรณ์
phone 08#-###-####; 09########; +66 8# ### ####; 02-###-####
plain วันนี้อากาศดีมาก | กินยาวันละ {{n}} ครั้งหลังอาหาร | รถไฟช้า {{n}} นาที | ร้านปิดทุกวันอาทิตย์ | ความดันปกติ ไม่มีไข้
frames คุณ{{person:full}} มาตรวจเมื่อ {{date}} เลขบัตรประชาชน {{account:thai_id}} | กรุณาโทรหาคุณ{{person:full}} ที่ {{phone}} | ส่งของไปที่ {{address}} ถึงคุณ{{person:full}}

code vi
ids CCCD=cccd; CMND=digits9; số căn cước=cccd; mã số thuế=digits10; BHYT=digits10; hộ chiếu=passport
words Bệnh nhân; Khách hàng; Họ tên; Ngày sinh; Điện thoại; Di động; Địa chỉ; Mã bưu chính; Email; Khám ngày; Tái khám; {} tuổi; Số hồ sơ; Số tài khoản; hợp lệ; Mật khẩu; Trang web
plain hôm nay trời đẹp quá | uống thuốc {{n}} lần mỗi ngày sau khi ăn | tàu trễ {{n}} phút | nên mua máy tính nào cho học sinh? | Huyết áp bình thường, không sốt
frames {{person:full}} đến khám ngày {{date}}, CCCD {{account:cccd}}. | Vui lòng gọi cho anh {{person:full}} theo số {{phone}}.

code id
ids NIK=nik; KTP=nik; nomor KTP=nik; NPWP=npwp; BPJS=digits13; paspor=passport
words Pasien; Nasabah; Nama; Tanggal lahir; Telepon; HP; Alamat; Kode pos; Surel; Kunjungan; Kontrol; umur {} tahun; No. rekam medis; No. rekening; sah; Kata sandi; Situs
plain cuaca hari ini cerah sekali | obat diminum {{n}} kali sehari setelah makan | kereta terlambat {{n}} menit | laptop apa yang bagus untuk sekolah? | Tekanan darah normal, tidak demam
frames {{person:full}} datang pada {{date}}, NIK {{account:nik}} sudah dicek. | Tolong hubungi Ibu {{person:full}} di {{phone}}.

code ms
ids No. KP=mykad; MyKad=mykad; kad pengenalan=mykad; pasport=passport
words Pesakit; Pelanggan; Nama; Tarikh lahir; Telefon; Telefon bimbit; Alamat; Poskod; E-mel; Lawatan; Lawatan susulan; umur {} tahun; No. rekod; No. akaun; sah; Kata laluan; Laman web
given Ahmad Siti Nurul Hafiz Aisyah Farid Zulkifli Azlan Noraini Faridah Kumaran Hakim Syafiq
family Abdullah Ismail Rahman Hassan Othman Ibrahim Yusof Tan Lim Wong Subramaniam Omar
place Malaysia | Jalan Ampang, Jalan Tun Razak, Lorong Mawar, Jalan Bukit Bintang | Kuala Lumpur, Johor Bahru, Ipoh, Melaka | 5####, 8#### | No. {no}, {street}, {post} {city} ; {no} {street}, {city} {post}
phone 01#-### ####; +60 1#-### ####; 03-#### ####
months Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember
plain hari ini hujan lebat | ambil ubat {{n}} kali sehari selepas makan | kedai tutup pada hari Ahad | Tekanan darah normal
frames {{person:full}} hadir pada {{date}}, MyKad {{account:mykad}}. | Sila hubungi Encik {{person:full}} di {{phone}}.

code tl
ids PhilSys ID=philid; PhilHealth=philid; SSS=digits10; TIN=digits12; UMID=digits12; pasaporte=passport
words Pasyente; Kliyente; Pangalan; Petsa ng kapanganakan; Telepono; Selpon; Tirahan; Zip code; Email; Pagbisita; Susunod na bisita; {} taong gulang; Numero ng rekord; Numero ng account; wasto; Password; Website
place Pilipinas | Rizal Avenue, Kalye Mabini, Bonifacio Street, Quezon Blvd | Maynila, Lungsod Quezon, Cebu, Davao | 1###, 6### | {no} {street}, {city} {post} ; {no} {street}, Brgy. 12, {city}
phone 09## ### ####; +63 9## ### ####; 09#########
months Enero Pebrero Marso Abril Mayo Hunyo Hulyo Agosto Setyembre Oktubre Nobyembre Disyembre
plain ang init ngayong araw | inumin ang gamot {{n}} beses sa isang araw | late ang bus ng {{n}} minuto | anong laptop ang maganda para sa eskwela?
frames Pumunta si {{person:full}} noong {{date}}, PhilSys {{account:philid}}. | Pakitawagan si {{person:given}} sa {{phone}}. | Nakatira sina {{person:given}} at {{person:given}} sa {{address}}.
"""
