/** One part of a name in its own script, and how it is written in an e-mail address. */
export type NamePart = { native: string; latin: string };

/** People of one language: how common it is in the data, where they sign in from, and what they are called. */
export type NameCulture = {
  language: string;
  /** Relative frequency. */
  weight: number;
  /** ISO 3166-1 alpha-2, the most common first. */
  countries: readonly string[];
  familyFirst?: boolean;
  given: readonly NamePart[];
  family: readonly NamePart[];
};

type CultureSource = Omit<NameCulture, "given" | "family"> & { given: string; family: string };

// A part whose address form is not simply its letters without marks is written `native=latin`.
const sources: CultureSource[] = [
  {
    language: "en",
    weight: 16,
    countries: ["US", "GB", "CA", "AU", "IE"],
    given: `Olivia Amelia Grace Harriet Beatrice Charlotte Naomi Ruby Eleanor Imogen Maya Abigail Oliver George Theodore
      Arthur Henry Samuel Desmond Elliot Marcus Jonah Caleb Wesley Tobias Rosalind Priscilla Winifred Callum Duncan`,
    family: `Ashworth Bennett Carrington Donovan Ellison Fairbanks Greenwood Hargreaves Ingram Jefferson Kingsley Lockwood
      Mackenzie Nightingale O’Connor Pemberton Quigley Rutherford Sinclair Thackeray Underwood Vaughan Whitaker Yardley
      Blackwell Cartwright Fitzgerald Holloway Montgomery Sutherland`,
  },
  {
    language: "de",
    weight: 11,
    countries: ["DE", "AT", "CH"],
    given: `Jürgen=juergen Käthe=kaethe Lena Matthias Annegret Björn=bjoern Sönke=soenke Friederike Jörg=joerg Anneliese Tillmann
      Hannelore Götz=goetz Wiebke Konstantin Marlene Lukas Theresa Rüdiger=ruediger Clara`,
    family: `Müller=mueller Schäfer=schaefer Weiß=weiss Krüger=krueger Vogelsang Schröder=schroeder Böhm=boehm Lindenberg Köhler=koehler
      Größer=groesser Jäger=jaeger Hoffmann Strauß=strauss Brückner=brueckner Steinmeier Höfer=hoefer Zimmermann Wagenknecht Fürst=fuerst
      Leutheusser-Schnarrenberger`,
  },
  {
    language: "fr",
    weight: 9,
    countries: ["FR", "BE", "CH", "CA"],
    given: `Élodie François Chloé Aurélien Hélène Loïc Maëlle Théo Béatrice Gaëtan Noémie Stéphane Océane Jérôme Clémence
      Rémi Anaïs Benoît Solène Zoé`,
    family: `Lefèvre Géraud Beaumont Château Dubois Forêt Gagné Hébert Lévêque Moreau Noël Pélissier Rousseau Sévigny Tréhard
      Vallée Besançon Côté Fabre Marchand`,
  },
  {
    language: "es",
    weight: 8,
    countries: ["ES", "MX", "AR", "CO", "CL"],
    given: `José María Íñigo Begoña Álvaro Lucía Joaquín Inés Ramón Sofía Andrés Pilar Nicolás Ángela Martín Belén Óscar Ximena
      Raúl Guadalupe`,
    family: `García Muñoz Fernández Ibáñez López Peña Rodríguez Núñez Sánchez Castaño Álvarez Zúñiga Gutiérrez Ordóñez Ramírez
      Vázquez Benítez Cárdenas Echeverría Villaseñor`,
  },
  {
    language: "pl",
    weight: 5,
    countries: ["PL"],
    given: `Łukasz=lukasz Małgorzata=malgorzata Michał=michal Agnieszka Paweł=pawel Jadwiga Stanisław=stanislaw Zofia Wojciech Bożena
      Kamil Elżbieta Grzegorz Iwona Rafał=rafal`,
    family: `Wiśniewski Dąbrowska Kowalczyk Woźniak Lewandowski Zielińska Szymański Kozłowska=kozlowska Jabłoński=jablonski
      Krawczyk Piątek Brzęczyszczykiewicz Górska Mazur Źrebiec`,
  },
  {
    language: "tr",
    weight: 5,
    countries: ["TR", "DE"],
    given: `Ayşe Çağlar Işıl=isil Ömer Şebnem Barış=baris Gülşen Yiğit=yigit Özlem Tuğba=tugba Emre Zeynep Kaan Nilüfer Umut`,
    family: `Yılmaz=yilmaz Öztürk Şahin Çelik Aydın=aydin Kılıç=kilic Güneş Doğan=dogan Karabulut Yıldırım=yildirim Aksoy Erdoğdu=erdogdu Taş
      Bozkurt Uçar`,
  },
  {
    language: "vi",
    weight: 4,
    countries: ["VN", "US"],
    familyFirst: true,
    given: `Hương=huong Đức=duc Thảo=thao Bình Quỳnh=quynh Dũng=dung Linh Tuấn=tuan Ngọc=ngoc Khánh Trang Phúc Yến=yen Hải=hai Mai`,
    family: `Nguyễn=nguyen Trần=tran Lê=le Phạm=pham Hoàng=hoang Đặng=dang Bùi=bui Đỗ=do Hồ=ho Ngô=ngo Dương=duong Lý=ly Vũ=vu Phan Trịnh=trinh`,
  },
  {
    language: "el",
    weight: 4,
    countries: ["GR", "CY"],
    given: `Αλέξανδρος=alexandros Ελένη=eleni Γιώργος=giorgos Δήμητρα=dimitra Νίκος=nikos Χρυσάνθη=chrysanthi Σταύρος=stavros
      Αικατερίνη=aikaterini Θανάσης=thanasis Ιωάννα=ioanna Παναγιώτης=panagiotis Φωτεινή=foteini`,
    family: `Παπαδόπουλος=papadopoulos Καραγιάννης=karagiannis Οικονόμου=oikonomou Βλαχάκη=vlachaki Αγγελόπουλος=angelopoulos
      Μακρίδης=makridis Θεοδωρίδου=theodoridou Χατζηδάκης=chatzidakis Λαμπροπούλου=lampropoulou Ψαράς=psaras Δημητρίου=dimitriou
      Κωνσταντινίδης=konstantinidis`,
  },
  {
    language: "uk",
    weight: 6,
    countries: ["UA", "PL"],
    given: `Олександра=oleksandra Тарас=taras Ірина=iryna Богдан=bohdan Людмила=liudmyla Юрій=yurii Соломія=solomiia Андрій=andrii
      Катерина=kateryna Євген=yevhen Марічка=marichka Дмитро=dmytro`,
    family: `Шевченко=shevchenko Коваленко=kovalenko Бондаренко=bondarenko Ткачук=tkachuk Мельник=melnyk Гончаренко=honcharenko
      Кравець=kravets Лисенко=lysenko Сидоренко=sydorenko Яременко=yaremenko Грищенко=hryshchenko Жук=zhuk`,
  },
  {
    language: "ar",
    weight: 7,
    countries: ["EG", "JO", "AE", "MA", "SA"],
    given: `فاطمة=fatima محمد=mohammed ليلى=layla يوسف=youssef مريم=maryam خالد=khaled نور=nour عمر=omar زينب=zeinab طارق=tarek
      سلمى=salma حسين=hussein`,
    family: `الحسيني=alhusseini النجار=alnajjar الشريف=alsharif المصري=almasri الخطيب=alkhatib حداد=haddad القاسمي=alqasimi
      منصور=mansour العبدالله=alabdullah سليمان=suleiman الزهراني=alzahrani بن-عيسى=benaissa`,
  },
  {
    language: "he",
    weight: 4,
    countries: ["IL"],
    given: `נועה=noa איתן=eitan תמר=tamar יונתן=yonatan שירה=shira אביגיל=avigail עומר=omer מיכל=michal דניאל=daniel יעל=yael`,
    family: `כהן=cohen לוי=levi מזרחי=mizrahi פרידמן=friedman אברהמי=avrahami שפירא=shapira גולדברג=goldberg ביטון=biton רוזנברג=rosenberg
      בן-דוד=bendavid`,
  },
  {
    language: "zh",
    weight: 7,
    countries: ["CN", "TW", "SG", "HK"],
    familyFirst: true,
    given: `秀英=xiuying 伟=wei 晓明=xiaoming 雨桐=yutong 子涵=zihan 浩然=haoran 静怡=jingyi 建国=jianguo 思远=siyuan 梓萱=zixuan
      志强=zhiqiang 若曦=ruoxi`,
    family: `王=wang 李=li 张=zhang 刘=liu 陈=chen 杨=yang 黄=huang 赵=zhao 周=zhou 吴=wu 欧阳=ouyang 司马=sima`,
  },
  {
    language: "ja",
    weight: 7,
    countries: ["JP"],
    familyFirst: true,
    given: `陽菜=hina 蓮=ren 結衣=yui 大翔=hiroto 美咲=misaki 健太=kenta さくら=sakura 翔太=shota 由美子=yumiko 拓海=takumi 直樹=naoki
      千尋=chihiro`,
    family: `佐藤=sato 鈴木=suzuki 高橋=takahashi 田中=tanaka 渡辺=watanabe 伊藤=ito 山本=yamamoto 中村=nakamura 小林=kobayashi 長谷川=hasegawa
      五十嵐=igarashi 勅使河原=teshigawara`,
  },
  {
    language: "ko",
    weight: 5,
    countries: ["KR"],
    familyFirst: true,
    given: `서연=seoyeon 민준=minjun 지우=jiwoo 도윤=doyun 하은=haeun 현우=hyunwoo 수빈=subin 예준=yejun 은지=eunji 태희=taehee`,
    family: `김=kim 이=lee 박=park 최=choi 정=jung 강=kang 조=cho 윤=yoon 장=jang 남궁=namgung`,
  },
  {
    language: "hi",
    weight: 6,
    countries: ["IN", "NP"],
    given: `प्रिया=priya अर्जुन=arjun दीपिका=deepika राहुल=rahul अनन्या=ananya विक्रम=vikram सुनीता=sunita रोहन=rohan कविता=kavita
      आदित्य=aditya`,
    family: `शर्मा=sharma वर्मा=verma गुप्ता=gupta पटेल=patel सिंह=singh चौधरी=chaudhary जोशी=joshi मिश्रा=mishra त्रिपाठी=tripathi
      अग्रवाल=agarwal`,
  },
  {
    language: "is",
    weight: 3,
    countries: ["IS", "DK", "NO"],
    given: `Guðrún=gudrun Þórður=thordur Sæunn=saeunn Björk=bjork Ásgeir Sigríður=sigridur Hallgrímur Æsa=aesa Øyvind=oyvind Åse=ase`,
    family: `Jónsdóttir Þorsteinsson=thorsteinsson Guðmundsdóttir=gudmundsdottir Sigurðsson=sigurdsson Ægisdóttir=aegisdottir Bjørnsen=bjornsen
      Ólafsson Sørensen=sorensen Kjærgaard=kjaergaard Håkonsen`,
  },
];

/** The languages whose names the made-up data uses. */
export const nameCultures: readonly NameCulture[] = sources.map((source) => ({
  ...source,
  given: toParts(source.given),
  family: toParts(source.family),
}));

function toParts(list: string): NamePart[] {
  return list
    .trim()
    .split(/\s+/u)
    .map((entry) => {
      const [native = "", latin] = entry.split("=");
      return { native: native.replaceAll(/-(?=عيسى)/gu, " "), latin: latin ?? toAddressLetters(native) };
    });
}

// Letters that decompose lose their marks; every other one has its address form beside it in the list.
function toAddressLetters(native: string): string {
  return native
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z-]/gu, "")
    .toLowerCase();
}
