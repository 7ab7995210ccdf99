"""What an article is about, and what of it is about a war."""

from __future__ import annotations

import pytest

from mapgen.coding.english.topic import Topic, topic_of, why_not_of_war

REPORTS = {
    "cm": (
        "DISPLACEMENT FLASH UPDATE No. 3. Far North Region, Cameroon, 12 February 2025. "
        "Following an incursion by members of non-State armed groups (NSAGs) in the "
        "locality of Limani on the night of 9 February, 412 households (2,310 "
        "individuals) were displaced to Mora. The displaced households are staying with "
        "host families. Priority needs are food, shelter and core relief items. Partners "
        "plan an assessment on 14 February. Access to the locality remains limited "
        "because of insecurity along the road."
    ),
    "bf": (
        "Burkina Faso: Situation Report. In Sahel Region, the security situation "
        "deteriorated in March. On 4 March, unidentified armed individuals burned down "
        "the health centre in Arbinda, and 1,240 people left for Dori. The number of IDPs "
        "in Dori now stands at 74,000. Seven schools remain closed owing to insecurity. "
        "Humanitarian actors distributed 900 kits."
    ),
    "moz": (
        "DTM Mozambique, Movement Alert 112. Between 3 and 9 May, attacks and the fear of "
        "attacks by NSAGs in Ancuabe triggered the movement of 5,421 individuals (1,204 "
        "families). The largest arrivals were recorded in Pemba (2,200) and Montepuez "
        "(1,870). Most of those displaced were hosted by relatives. This was the third "
        "displacement for four in ten of the families."
    ),
    "eth": (
        "Ethiopia: Humanitarian Bulletin. Hostilities in North Gondar zone forced some "
        "8,000 people to flee to Debark in late August. Returns continue in Tigray, where "
        "21,000 returnees reached Shire by the end of the month. Fuel remains scarce, and "
        "partners report that movement permits are delayed. The cluster appealed for 4 "
        "million dollars."
    ),
    "ssd": (
        "South Sudan. Inter-agency assessment, Tonj East. Cattle raiding and revenge "
        "attacks in Tonj East displaced an estimated 3,500 people to Romic in the first "
        "week of June. The assessment team counted 640 families sheltering at the primary "
        "school. Local leaders said armed youth had burned tukuls in four bomas. "
        "Malnutrition is of concern."
    ),
    "som": (
        "Somalia: PRMN flash alert. Inter-clan conflict in Dhuusamarreeb displaced 1,900 "
        "households to Guri Ceel between 2 and 5 April. Families left on foot and in "
        "hired trucks. Needs are water, plastic sheets and food. The road is passable."
    ),
    "hti": (
        "IOM Haiti ETT. Between 24 and 27 February armed attacks in the commune of "
        "Kenscoff forced 3,139 people (639 households) to leave their homes. Most found "
        "refuge with relatives in Petion-Ville; 460 people went to two sites. Since the "
        "start of the year, 20,000 people have been displaced in the metropolitan area."
    ),
    "mmr": (
        "UNHCR Myanmar emergency update. Airstrikes on Loikaw Township displaced 2,600 "
        "people to Hpruso in the week to 18 November. Ten landmine incidents were "
        "reported in Kayah. The total number of internally displaced people in the south- "
        "east is 1.1 million. Cash assistance reached 4,300 families. Roads are muddy "
        "after the rains."
    ),
    "cod": (
        "Nord-Kivu: note de situation. On 2 March armed elements entered Bweremana and "
        "residents fled to Minova. About 14,000 displaced persons had arrived in Minova "
        "by 5 March, the health zone said. Two health centres were looted. Cholera cases "
        "rise, and the price of flour doubled."
    ),
    "ner": (
        "Niger, Tillabéri. Suspected members of an armed group killed eleven herders near "
        "Banibangou on 3 June, and 2,000 people moved to Ouallam. The governor banned "
        "motorcycles. The rains have begun and pasture is recovering, but traders stay "
        "away from the market."
    ),
    "ukr": (
        "Ukraine Humanitarian Impact Situation Report. In Kharkivska oblast, attacks "
        "damaged 41 houses and a school. Authorities evacuated 1,300 people from "
        "Vovchansk and nearby villages, and 900 arrived at the transit centre in Kharkiv. "
        "Electricity was cut in two hromadas. Partners delivered repair kits to 300 "
        "families."
    ),
    "lbn": (
        "Lebanon: Flash Update. Escalation along the southern border continues. As of 10 "
        "October, 76,000 people have been displaced from Bint Jbeil and Marjayoun. 62 "
        "collective shelters are open in Tyre. Strikes hit agricultural land in Aita al- "
        "Shaab. Schools remain closed."
    ),
    "caf": (
        "Central African Republic. Incidents in Vakaga: clashes between herders and "
        "farmers in Birao led to the displacement of 1,100 people. Armed men on horseback "
        "stole cattle. The peacekeeping mission sent a patrol. The population asks for "
        "seeds and tools."
    ),
    "sdn": (
        "DTM Sudan Focused Flash Alert: Um Rawaba, North Kordofan. On 20 January, an "
        "estimated 900 households were displaced from Um Rawaba town due to heightened "
        "insecurity. The displaced households sought shelter in El Rahad and Kosti. The "
        "situation remains tense and unpredictable."
    ),
    "yem": (
        "IOM Yemen Rapid Displacement Tracking. From 6 to 12 April 2025, DTM tracked 38 "
        "households (228 individuals) displaced at least once. Most were displaced from "
        "Al Hudaydah (21 HH) and moved to Ma'rib (15 HH). Conflict was the main reason "
        "for displacement (92 per cent)."
    ),
    "col": (
        "Colombia: Alerta. Armed confrontation between illegal groups in El Tarra "
        "confined 1,300 people and displaced 32,000 from Catatumbo to Cucuta between 16 "
        "and 25 January. Landmines limit movement. The mayor declared an emergency. "
        "Shelters in the stadium are full."
    ),
    "pak": (
        "Peshawar. Security forces cleared three villages near Wana of banned outfits in "
        "an intelligence-based operation on Sunday, officials said. Some 200 families "
        "shifted to Tank before the operation. Local elders asked for compensation, and "
        "the deputy commissioner promised tents and flour."
    ),
    "phl": (
        "NDRRMC and DSWD: Armed conflict in Maguindanao. Firefights between two groups in "
        "Datu Salibo on 4 May drove 310 families out of Barangay Butilen; they are "
        "staying in Pagatin. Food packs were given to 250 families. The local government "
        "is mediating between the commanders."
    ),
    "mli": (
        "Mali: Mouvement de populations. Intercommunal violence in Bankass Cercle forced "
        "640 people to Bandiagara on 18 May. Threats by armed individuals and the burning "
        "of granaries were the main causes. The Protection Cluster recorded 12 "
        "abductions."
    ),
    "irq": (
        "Iraq. Protection monitoring, Sinjar. Drone strikes and the presence of several "
        "armed actors led 83 families to leave Sinjar for camps near Zakho in May. "
        "Families said they feared a new operation. Camp managers have registered all of "
        "them. Schools opened late."
    ),
}

DISASTERS = {
    "flood": (
        "Situation Report: Sindh. Following exceptional monsoon rains, floodwaters "
        "displaced 41,000 people from Dadu to Hyderabad by 30 August. Camps lack "
        "latrines. The army sent boats and helicopters. Crops on 20,000 hectares were "
        "lost and 300 schools are used as shelters."
    ),
    "quake": (
        "Earthquake flash update. The quake of 6 February destroyed 1,200 buildings in "
        "Malatya; 30,000 people left for Kayseri. Soldiers help to clear rubble. "
        "Aftershocks continue. Tents are urgently needed, and the mayor thanked "
        "volunteers."
    ),
    "volc": (
        "Evacuation order. After the eruption of Mount Ruang on 17 April, authorities "
        "evacuated 12,000 people from Tagulandang to Manado. Ash closed the airport. Navy "
        "ships carried families. Schools remain shut."
    ),
    "wild": (
        "Firefighters battled a wildfire that swept into Paradise on Thursday. About "
        "27,000 people fled the town for Chico. Flames advanced on Oroville overnight. "
        "Crews from the National Guard dug lines. The governor declared an emergency."
    ),
}

OTHER_SUBJECTS = {
    "elect": (
        "Labour captured Wellingborough from the Conservatives on Friday, overturning a "
        "majority of 18,000. The party's leader said the result showed that people want "
        "change. Voters cited hospitals and prices. The Conservatives held Harlow by 400 "
        "votes. Turnout was 38 per cent."
    ),
    "biz": (
        "The supermarket chain entered Poland last year and took Krakow by storm, opening "
        "nine shops. Its rival withdrew from Gdansk in June after losing a price war. "
        "Analysts expect the group to advance into Slovakia. Shares rose 4 per cent."
    ),
    "sport": (
        "Leeds were under siege at Elland Road before Bamford struck twice. The visitors "
        "retreated into their own half, and the captain was taken off in the 70th minute. "
        "Sheffield will attack the title race on Sunday; 34,000 people left happy."
    ),
    "crime": (
        "Police in Memphis captured a man on Tuesday after a chase that ended in "
        "Germantown. The man had fled from a county jail last week. Officers seized two "
        "cars in Bartlett. The sheriff said nobody was hurt. A court hearing is due on "
        "Monday."
    ),
    "hist": (
        "The museum in Gdansk opens an exhibition on the siege of 1734. Visitors see how "
        "the troops took the town, room by room, in drawings and letters. The curator, a "
        "historian, spent four years in the archives. The show runs until May, and the "
        "catalogue has 300 pages."
    ),
    "migr": (
        "Net migration to Lisbon rose to 30,000 last year as workers moved from Brazil "
        "and Cape Verde. Rents have doubled since 2015, and 4,000 families left the city "
        "for Almada and Setubal. The council plans 2,000 flats. Landlords oppose a cap."
    ),
    "dam": (
        "Residents of Kariba were displaced to Siavonga in the 1950s when the dam was "
        "built. A lawyer for 57,000 people says the compensation was never paid. The "
        "power company denies the claim. The hearing resumes in March."
    ),
    "health": (
        "Cholera update. The outbreak reached Beira on Monday, with 140 cases; patients "
        "were moved to Dondo. Health workers fight the disease with vaccine and chlorine. "
        "WHO sent 300,000 doses. Attack rates are highest in the port quarter."
    ),
    "traffic": (
        "A lorry struck a bridge in Crewe on Wednesday, and 200 passengers left two "
        "trains on foot for Nantwich. Services between Stafford and Chester were cut. "
        "Network Rail expects repairs to take a week. Nobody was injured."
    ),
    "strike": (
        "Teachers strike hits Nairobi. Unions called a walkout in Kisumu and Mombasa on "
        "Monday, and 40,000 pupils went home. The minister attacked the union's leaders. "
        "Talks collapsed on Friday. Police dispersed a march with tear gas."
    ),
    "church": (
        "The archbishop entered Seville on Sunday; a crowd of 20,000 people poured into "
        "the city from Huelva and Cadiz. The procession took the old town at noon. Bells "
        "rang for an hour. Hotels were full, and bakers ran out of bread."
    ),
    "evict": (
        "Court bailiffs evicted 300 families from a squat in Johannesburg on Tuesday; "
        "most moved to Soweto. The owner plans student flats. The city said it had "
        "offered beds. Rubber bullets were fired when a group threw stones, police said."
    ),
    "game": (
        "In the expansion, rebels capture the city of Varrock and soldiers flee to "
        "Falador. Players level up by holding outposts, and the season pass unlocks two "
        "chapters. The developer delayed the release to March. Fans complained about the "
        "price."
    ),
    "chem": (
        "A gas leak at a chemical plant in Tarragona forced 5,000 people to leave their "
        "homes on Friday night; they returned by morning. The army's emergency unit "
        "measured the air. The company said a valve had failed."
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_reports_of_a_conflict_are_read(name: str) -> None:
    subject = topic_of(REPORTS[name], parties=0)
    assert subject.off is None
    assert subject.disaster is None


@pytest.mark.parametrize("name", DISASTERS)
def test_people_who_fled_a_disaster_did_not_flee_fighting(name: str) -> None:
    assert "disaster" in str(topic_of(DISASTERS[name], parties=0).disaster)


@pytest.mark.parametrize("name", OTHER_SUBJECTS)
def test_words_of_war_about_other_things_are_not_read(name: str) -> None:
    assert topic_of(OTHER_SUBJECTS[name], parties=0).off is not None


WAR = topic_of(REPORTS["som"], parties=0)
FLOOD = topic_of(DISASTERS["flood"], parties=0)
TRADE = topic_of(OTHER_SUBJECTS["biz"], parties=0)


@pytest.mark.parametrize(
    ("subject", "sentence", "kept"),
    [
        (WAR, "Clashes near Baidoa displaced 300 families to Buurhakaba.", True),
        (WAR, "Floods along the Juba displaced 300 families from Luuq.", False),
        (WAR, "Clashes and floods displaced 300 families from Luuq.", True),
        (WAR, "The army moved 300 families out of the inundated villages to Luuq.", False),
        (FLOOD, "In Kashmore, clashes between two tribes drove 90 families to Sukkur.", True),
        (FLOOD, "Another 2,000 displaced people came to Sukkur with the army's help.", False),
    ],
)
def test_a_flood_in_a_report_on_a_war_and_a_fight_in_one_on_a_flood(
    subject: Topic, sentence: str, kept: bool
) -> None:
    assert (why_not_of_war(subject, sentence, sentence, moves=True) is None) is kept


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        ("Rebels seized Uvira after militia fighters left the garrison amid shelling.", True),
        ("The chain seized the market in Uvira after its rival left.", False),
        ("Rebels among the shareholders seized the company after brands lost customers.", False),
    ],
)
def test_an_item_on_a_war_in_a_digest_of_business_news(paragraph: str, kept: bool) -> None:
    assert (why_not_of_war(TRADE, paragraph, paragraph, moves=False) is None) is kept
