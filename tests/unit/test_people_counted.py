"""Who moved, where and how many, where the words for it stand in more than one sentence.

Each kind has texts on other wars than those on which it was found, about half of them traps.
"""

from __future__ import annotations

import pytest
from flight_kit import FAMILIES, Move, move
from readers_kit import moved

from mapgen.model import Kind

Case = tuple[str, str, str, list[Move], list[Move], list[Move]]


def case(
    text: str,
    where: str,
    moves: tuple[Move, ...] = (),
    *,
    back: tuple[Move, ...] = (),
    hosts: tuple[Move, ...] = (),
) -> Case:
    """Return a text of a country and day with its flights, its returns and those hosted."""
    country, day = where.split()
    return text, country, day, list(moves), list(back), list(hosts)


def _check(told: Case) -> None:
    text, country, day, moves, back, hosts = told
    assert moved(text, country, day) == set(moves)
    assert moved(text, country, day, Kind.RETURN) == set(back)
    assert moved(text, country, day, Kind.HOSTING) == set(hosts)


NEWCOMERS = [
    case(
        "DESSIE, Ethiopia - Fano militia took Lalibela on Friday. Relief workers here "
        "have registered 14,000 newcomers in Dessie, mostly from Lalibela and Sekota.",
        "ET 2023-11-20",
        (move("Lalibela, Sekota", "Dessie", 14_000),),
    ),
    case(
        "OUAGADOUGOU - Jihadists overran Djibo on Monday. Another 2,700 have stopped at "
        "Kaya, where they sleep in three schools.",
        "BF 2023-02-08",
        (move("", "Kaya", 2700),),
    ),
    case(
        "Jihadists overran Barsalogho on Monday and burned the market. Some 11,000 "
        "others, chiefly from the north of the province, had reached Kaya.",
        "BF 2023-02-08",
        (move("", "Kaya", 11_000),),
    ),
    case(
        "Relief groups in Goma counted 6,300 arrivals since Sunday, nearly all from Sake "
        "and Kitshanga.",
        "CD 2024-02-08",
        (move("Sake, Kitshanga", "Goma", 6300),),
    ),
    case(
        "Russian troops shelled Lysychansk. The town hall of Dnipro has registered 3,100 "
        "new arrivals from Lysychansk and Sievierodonetsk this week.",
        "UA 2022-05-12",
        (move("Lysychansk, Sievierodonetsk", "Dnipro", 3100),),
    ),
    case(
        "Officials have registered 14,000 newcomers to the voters' roll in Kaya, mostly "
        "from Djibo.",
        "BF 2023-02-08",
    ),
    case(
        "The university in Lviv has registered 900 newcomers this term, mostly from Ternopil.",
        "UA 2022-05-12",
    ),
    case(
        "The airport of Goma counted 6,300 arrivals since Sunday, mostly from Kinshasa.",
        "CD 2024-02-08",
    ),
    case(
        "The governor said that 2,700 people might stop at Kaya if Djibo fell.",
        "BF 2023-02-08",
    ),
    case(
        "Another 270 soldiers have stopped at Kaya, where they sleep in a school.",
        "BF 2023-02-08",
    ),
    case(
        "Aid workers here have counted 6,700 newcomers in Debark, chiefly from Adi Arkay "
        "and Zarima.",
        "ET 2022-11-20",
        (move("Adi Arkay, Zarima", "Debark", 6700),),
    ),
    case(
        "Another 1,900 have stopped at Mirebalais, where they sleep in a church.",
        "HT 2024-03-10",
        (move("", "Mirebalais", 1900),),
    ),
    case(
        "Civil society groups in Dnipro counted 3,300 arrivals since Friday, almost all "
        "from Popasna and Rubizhne.",
        "UA 2022-04-10",
        (move("Popasna, Rubizhne", "Dnipro", 3300),),
    ),
    case(
        "The rail company in Dnipro counted 3,300 arrivals a day on its suburban trains "
        "from Kamianske.",
        "UA 2022-04-10",
    ),
    case(
        "The mayor wants beds for 3,300 newcomers in Dnipro, mostly from Popasna.",
        "UA 2022-04-10",
    ),
    case(
        "Officials in Dnipro expect 3,300 arrivals by Sunday, mostly from Popasna.",
        "UA 2022-04-10",
    ),
    case(
        "Fighting spread to Rufaa on Friday. Another 4,300 people reached Shendi, north "
        "of Khartoum.",
        "SD 2023-06-20",
        (move("", "Shendi", 4300),),
    ),
    case(
        "Some 4,300 people from Rufaa reached Shendi, north of Khartoum.",
        "SD 2023-06-20",
        (move("Rufaa", "Shendi", 4300),),
    ),
]


@pytest.mark.parametrize("told", NEWCOMERS, ids=lambda told: told[0][:60])
def test_those_who_are_counted_or_stop_somewhere_have_come_there(told: Case) -> None:
    _check(told)


ACROSS = [
    case(
        "The M23 entered Kamanyola on Friday. About 4,000 people swam or rowed across the"
        " Ruzizi river to Rugombo, the mayor there said.",
        "CD 2025-02-10",
        (move("Kamanyola", "Rugombo", 4000),),
    ),
    case(
        "The RSF overran El Geneina on Thursday. Some 7,000 people drove or walked over "
        "the border to Adré, aid workers said.",
        "SD 2023-06-20",
        (move("El Geneina", "Adré", 7000),),
    ),
    case(
        "Islamic State seized Sinjar on Sunday. Around 20,000 people made off on foot to "
        "Dohuk, officials said.",
        "IQ 2014-08-10",
        (move("Sinjar", "Dohuk", 20_000),),
    ),
    case(
        "Shells hit Izium all night. Some 300 residents rowed across the Donets to Sviatohirsk.",
        "UA 2022-03-10",
        (move("Izium", "Sviatohirsk", 300),),
    ),
    case(
        "About 40 soldiers waded across the Ruzizi river to Rugombo.",
        "CD 2025-02-10",
    ),
    case(
        "About 4,000 people swam or rowed across the Ruzizi river to Rugombo in the "
        "yearly regatta.",
        "CD 2025-02-10",
    ),
    case(
        "Thieves made off with 900 sacks of flour from Adré to Abéché.",
        "SD 2023-06-20",
    ),
    case(
        "The ministry plans for 7,000 people to be driven or walked over the border to Adré.",
        "SD 2023-06-20",
    ),
    case(
        "In 1988 about 900 villagers waded or swam across the Tiau river to Farkawn.",
        "MM 2021-06-20",
    ),
    case(
        "About 2,100 people rowed or swam across the Malagarasi river to Kibondo, the "
        "district said.",
        "BI 2015-05-10",
        (move("", "Kibondo", 2100),),
    ),
    case(
        "Islamic State fighters stormed Qaryatayn on Wednesday. Around 800 families made "
        "off to Sadad before dawn.",
        "SY 2015-09-10",
        (move("Qaryatayn", "Sadad", 800, FAMILIES),),
    ),
    case(
        "Azerbaijani shells hit Hadrut on Tuesday. About 300 villagers walked over the "
        "hills to Goris.",
        "AZ 2020-10-10",
        (move("Hadrut", "Goris", 300),),
    ),
    case(
        "Azerbaijani shells hit Hadrut on Tuesday. About 300 reporters walked over the "
        "hills to Goris.",
        "AZ 2020-10-10",
    ),
    case(
        "The governor denied that 300 villagers had walked over the hills to Goris.",
        "AZ 2020-10-10",
    ),
    case(
        "In 1992 some 300 villagers walked over the hills to Goris.",
        "AZ 2020-10-10",
    ),
    case(
        "The M23 entered Kamanyola on Friday. About 4,000 people crossed the border to "
        "Rugombo, the mayor there said.",
        "CD 2025-02-10",
        (move("Kamanyola", "Rugombo", 4000),),
    ),
    case(
        "The M23 captured Kamanyola on Friday. About 4,000 people fled to Rugombo, the "
        "mayor there said.",
        "CD 2025-02-10",
        (move("Kamanyola", "Rugombo", 4000),),
    ),
    case(
        "The M23 captured Kamanyola on Friday. About 4,000 people crossed the border to "
        "Rugombo, many of them from Uvira.",
        "CD 2025-02-10",
        (move("Uvira", "Rugombo", 4000),),
    ),
    case(
        "Rebels took Hama on Thursday. Some 3,000 people who fled Aleppo have reached Latakia.",
        "SY 2024-12-10",
        (move("Aleppo", "Latakia", 3000),),
    ),
    case(
        "The army retook Hama on Thursday. Some 3,000 people moved to Latakia since 2012.",
        "SY 2024-12-10",
    ),
    case(
        "The army recaptured Hama on Thursday. Some 3,000 people have arrived in Latakia.",
        "SY 2024-12-10",
        (move("", "Latakia", 3000),),
    ),
    case(
        "Russia shelled Kherson on Thursday, killing two. Some 3,000 people left for Mykolaiv.",
        "UA 2024-12-10",
        (move("Kherson", "Mykolaiv", 3000),),
    ),
    case(
        "Chin fighters captured Falam on Monday. About 5,000 people waded or drove across"
        " the Tiau river to Nowherethar, the village council said. So did 43 soldiers.",
        "MM 2021-06-20",
        (move("Falam", "Nowherethar", 5000),),
    ),
    case(
        "Chin fighters captured Falam on Monday. About 300 soldiers waded or drove across"
        " the Tiau river to Nowherethar.",
        "MM 2021-06-20",
    ),
    case(
        "Chin fighters captured Falam on Monday. About 300 children swam across the river"
        " in the school race.",
        "MM 2021-06-20",
    ),
    case(
        "Chin fighters captured Falam on Monday. About 900 villagers swam or rowed across"
        " the river.",
        "MM 2021-06-20",
        (move("Falam", "", 900),),
    ),
    case(
        "Chin fighters captured Falam on Monday. About 900 villagers could wade across the river.",
        "MM 2021-06-20",
    ),
    case(
        "Chin fighters want to capture Falam. About 900 villagers waded across the river in June.",
        "MM 2021-06-20",
    ),
]


@pytest.mark.parametrize("told", ACROSS, ids=lambda told: told[0][:60])
def test_those_who_wade_row_or_make_off_left_the_town_told_of(told: Case) -> None:
    _check(told)


MOST_ARE_FROM = [
    case(
        "Diffa town hosts 12,000 displaced people. 940 households registered on arrival "
        "there between 3 and 10 June. Around four in five gave Toumour as their place of "
        "departure; the remainder named Bosso or Baroua.",
        "NE 2022-06-17",
        (move("Toumour, Bosso, Baroua", "Diffa", 940, FAMILIES),),
        hosts=(move("Diffa", "", 12_000),),
    ),
    case(
        "Ad-Dabbah took in new families all week. 1,200 people were registered on arrival"
        " there since Monday. Most gave El Fasher as their place of departure.",
        "SD 2025-11-20",
        (move("El Fasher", "Ad Dabbah", 1200),),
    ),
    case(
        "Some 640 households were registered in Diffa last week. Two thirds named Toumour"
        " as their home; the others came from Bosso.",
        "NE 2022-06-17",
        (move("Toumour, Bosso", "Diffa", 640, FAMILIES),),
    ),
    case(
        "Diffa is calm. 940 pupils registered on arrival there in June. Most gave Toumour"
        " as their place of birth.",
        "NE 2022-06-17",
    ),
    case(
        "Some 640 households were registered in Diffa last week. The mayor named Bosso as"
        " the next site.",
        "NE 2022-06-17",
        (move("", "Diffa", 640, FAMILIES),),
    ),
    case(
        "Ugandan officials say 5,000 people came over the border at Bunagana in the past "
        "two days. Most are from Rutshuru and Kiwanja; some had walked from Goma.",
        "CD 2025-02-16",
        (move("Rutshuru, Kiwanja, Goma", "Bunagana", 5000),),
    ),
    case(
        "Chadian officials said 8,200 people crossed the border at Adré since Friday. The"
        " majority came from El Geneina; a few had walked from Zalingei.",
        "SD 2023-06-20",
        (move("El Geneina, Zalingei", "Adré", 8200),),
    ),
    case(
        "About 1,900 people arrived in Zaporizhzhia on Monday. Most were from Mariupol; "
        "others had driven from Berdiansk.",
        "UA 2022-05-12",
        (move("Mariupol, Berdiansk", "Zaporizhzhia", 1900),),
    ),
    case(
        "About 1,900 people arrived in Zaporizhzhia on Monday. Most of the doctors were "
        "from Kyiv; some had driven from Dnipro.",
        "UA 2022-05-12",
        (move("", "Zaporizhzhia", 1900),),
    ),
    case(
        "About 1,900 people arrived in Zaporizhzhia on Monday. Most are children.",
        "UA 2022-05-12",
        (move("", "Zaporizhzhia", 1900),),
    ),
    case(
        "Twelve soldiers were killed near Orikhiv. Most were from Dnipro; some had come from Sumy.",
        "UA 2022-05-12",
    ),
    case(
        "Gao is quiet. 410 households registered on arrival there last week. Seven in ten"
        " gave Talataye as their home; the rest named Ansongo.",
        "ML 2023-09-10",
        (move("Talataye, Ansongo", "Gao", 410, FAMILIES),),
    ),
    case(
        "Some 2,300 people were registered in Bambari this week. Most had fled Bria, others Ippy.",
        "CF 2023-11-10",
        (move("Bria, Ippy", "Bambari", 2300),),
    ),
    case(
        "Some 2,300 people were registered in Bambari this week. Most of the teachers had"
        " fled Bria.",
        "CF 2023-11-10",
        (move("", "Bambari", 2300),),
    ),
    case(
        "Some 2,300 people reached Bambari this week. Most want to go on to Bangui.",
        "CF 2023-11-10",
        (move("", "Bambari", 2300),),
    ),
    case(
        "Rebels killed forty people in Bambari. Most were from Bria.",
        "CF 2023-11-10",
    ),
    case(
        "Some 2,300 people reached Bambari this week. Most are from Bambari's own outskirts.",
        "CF 2023-11-10",
        (move("", "Bambari", 2300),),
    ),
]


@pytest.mark.parametrize("told", MOST_ARE_FROM, ids=lambda told: told[0][:60])
def test_the_next_sentence_says_where_most_came_from(told: Case) -> None:
    _check(told)


LINES = [
    case(
        "Displacement\n- Kosti town: 310 households have come from Bara since 1 "
        "November.\n- Chad: 540 people from Nyala were registered at Adré this month.\n- "
        "Returns: 85 households went from Kosti back to Sennar in the first week of "
        "November.",
        "SD 2025-11-20",
        (move("Bara", "Kosti", 310, FAMILIES), move("Nyala", "Adré", 540)),
        back=(move("Kosti", "Sennar", 85, FAMILIES),),
    ),
    case(
        "Goma: 350 families have come from Sake since Monday.",
        "CD 2024-02-08",
        (move("Sake", "Goma", 350, FAMILIES),),
    ),
    case(
        "Returns: 120 families went from Goma back to Rutshuru last week.",
        "CD 2024-02-08",
        back=(move("Goma", "Rutshuru", 120, FAMILIES),),
    ),
    case(
        "Goma town: 350 trucks have come from Sake since Monday.",
        "CD 2024-02-08",
    ),
    case(
        "Returns: 120 families hope to go from Goma back to Rutshuru.",
        "CD 2024-02-08",
    ),
    case(
        "Goma town: no family has come from Sake since Monday.",
        "CD 2024-02-08",
    ),
    case(
        "DISPLACEMENT\n- Bambari town: 260 households have arrived from Bria since 1 "
        "November.\n- Cameroon: 340 people from Bouar were registered at Garoua-Boulaï "
        "this week.\n- Returns: 70 households went from Bambari back to Ippy last "
        "week.\n- Kaga-Bandoro town: 120 households left for Bangui.",
        "CF 2023-11-10",
        (
            move("Bria", "Bambari", 260, FAMILIES),
            move("Bouar", "Garoua-Boulaï", 340),
            move("Kaga-Bandoro", "Bangui", 120, FAMILIES),
        ),
        back=(move("Bambari", "Ippy", 70, FAMILIES),),
    ),
    case(
        "Bambari town: market prices have come down from last month.",
        "CF 2023-11-10",
    ),
    case(
        "Bambari town: 12 trucks have arrived from Bria.",
        "CF 2023-11-10",
    ),
]


@pytest.mark.parametrize("told", LINES, ids=lambda told: told[0][:60])
def test_a_town_that_leads_a_line_is_where_people_came(told: Case) -> None:
    _check(told)


PACKED = [
    case(
        "Rebels have held most of Bangassou since Tuesday. A nun at the Catholic mission "
        "said some 8,000 people were packed into its grounds and that she had seen 20 "
        "bodies.",
        "CF 2012-12-20",
        hosts=(move("Bangassou", "", 8000),),
    ),
    case(
        "Fighting went on in Bor on Thursday. About 17,000 civilians are crammed into the UN base.",
        "SS 2013-12-20",
        hosts=(move("Bor", "", 17_000),),
    ),
    case(
        "The UN refugee agency says 155,000 Sudanese have crossed into Chad since April, "
        "6,000 of them through Adré on Thursday alone.",
        "SD 2023-06-20",
        (move("", "Chad", 155_000), move("", "Adré", 6000)),
    ),
    case(
        "Fighting went on in Bor on Thursday. About 17,000 sacks of sorghum are packed "
        "into the UN base.",
        "SS 2013-12-20",
    ),
    case(
        "Fighting went on in Bor on Thursday. Some 300 prisoners were packed into the "
        "police compound.",
        "SS 2013-12-20",
    ),
    case(
        "Khartoum is quiet. Some 400,000 lorries have crossed into Chad since April, 600 "
        "of them through Adré on Thursday alone.",
        "SD 2023-06-20",
    ),
    case(
        "Fans filled Bor on Thursday. Some 9,000 people were packed into the stadium for "
        "the final.",
        "SS 2013-12-20",
    ),
    case(
        "Anti-balaka fighters roam Bossangoa. A priest said about 35,000 people were "
        "crammed into the mission.",
        "CF 2014-02-10",
        hosts=(move("Bossangoa", "", 35_000),),
    ),
    case(
        "Bossangoa has been calm. Some 400 families are squeezed into its school.",
        "CF 2014-02-10",
        hosts=(move("Bossangoa", "", 400, FAMILIES),),
    ),
    case(
        "Bossangoa voted on Sunday. Some 4,000 people were packed into its stadium for the rally.",
        "CF 2014-02-10",
    ),
    case(
        "Chad's border is open. More than 60,000 Central Africans have crossed into Chad "
        "since December, 900 of them via Goré on Monday.",
        "CF 2014-02-10",
        (move("", "Chad", 60_000), move("", "Goré", 900)),
    ),
    case(
        "More than 60,000 Central Africans have crossed into Chad since December, 900 of "
        "them through a ford.",
        "CF 2014-02-10",
        (move("", "Chad", 60_000),),
    ),
    case(
        "More than 60,000 people could cross into Chad, 900 of them through Goré.",
        "CF 2014-02-10",
    ),
    case(
        "KHARTOUM, 20 June 2023 - More than 155,000 people have crossed into Chad since April.",
        "SD 2023-06-20",
        (move("", "Chad", 155_000),),
    ),
]


@pytest.mark.parametrize("told", PACKED, ids=lambda told: told[0][:60])
def test_those_packed_into_a_compound_are_in_the_town_told_of(told: Case) -> None:
    _check(told)


PARTS = [
    case(
        "Families from Kunduz have arrived in Taloqan and Fayzabad, 450 of them in the latter.",
        "AF 2021-08-12",
        (move("Kunduz", "Taloqan"), move("Kunduz", "Fayzabad", 450, FAMILIES)),
    ),
    case(
        "Soldiers torched the village of Kin Ma on Tuesday, and 700 villagers are in the woods.",
        "MM 2021-06-20",
        (move("Kin Ma", "", 700),),
    ),
    case(
        "Tripoli's relief office said that 1,100 people had arrived over the weekend from"
        " Nabatieh.",
        "LB 2024-11-18",
        (move("Nabatieh", "Tripoli", 1100),),
    ),
    case(
        "Kaya's town hall has registered 2,300 people from Djibo since Friday.",
        "BF 2023-02-08",
        (move("Djibo", "Kaya", 2300),),
    ),
    case(
        "Kaya's archbishop said that 2,300 pilgrims had arrived over the weekend from Ouagadougou.",
        "BF 2023-02-08",
    ),
    case(
        "Beirut's stock exchange said that 1,100 people had arrived over the weekend from"
        " Nabatieh for the job fair.",
        "LB 2024-11-18",
    ),
    case(
        "Soldiers torched the village of Kin Ma on Tuesday, and 70 fighters are in the woods.",
        "MM 2021-06-20",
    ),
    case(
        "Aid convoys have turned up in Taloqan and Fayzabad, 300 lorries of them in the former.",
        "AF 2021-08-12",
    ),
    case(
        "Kyiv's foreign ministry said that 1,100 people had arrived over the weekend from"
        " Nabatieh.",
        "LB 2024-11-18",
        (move("Nabatieh", "", 1100),),
    ),
    case(
        "Villagers from Maungdaw have arrived in Teknaf and Ukhia, 700 of them in the latter.",
        "MM 2017-08-30",
        (move("Maungdaw", "Teknaf"), move("Maungdaw", "Ukhia", 700)),
    ),
    case(
        "Kryvyi Rih's relief centre said that 1,400 people had arrived since Friday from "
        "Vysokopillia.",
        "UA 2022-04-10",
        (move("Vysokopillia", "Kryvyi Rih", 1400),),
    ),
    case(
        "Gunmen burned the village of Awasse on Monday, and 900 residents are in the bush.",
        "MZ 2020-06-10",
        (move("Awasse", "", 900),),
    ),
    case(
        "Gunmen burned the village of Awasse on Monday, and 90 soldiers are in the bush "
        "looking for them.",
        "MZ 2020-06-10",
    ),
    case(
        "Gunmen burned a lorry near Awasse on Monday. Some 900 villagers are in the "
        "fields for the harvest.",
        "MZ 2020-06-10",
    ),
    case(
        "Some 4,000 people fled Zalingei for Nertiti on Sunday; a third were home again "
        "by Wednesday.",
        "SD 2023-06-20",
        (move("Zalingei", "Nertiti", 4000),),
        back=(move("", "Zalingei", 1333),),
    ),
    case(
        "Some 4,000 people fled Zalingei for Nertiti on Sunday. Half of the soldiers were"
        " home by Wednesday.",
        "SD 2023-06-20",
        (move("Zalingei", "Nertiti", 4000),),
    ),
    case(
        "Some 4,000 people fled Zalingei for Nertiti on Sunday; half could be home by "
        "Wednesday if the truce holds.",
        "SD 2023-06-20",
        (move("Zalingei", "Nertiti", 4000),),
    ),
    case(
        "Around 6,000 people have left Zalingei; families have turned up in Nertiti and "
        "Nyala, 300 of them in the latter.",
        "SD 2023-06-20",
        (
            move("Zalingei", "", 6000),
            move("Zalingei", "Nertiti"),
            move("Zalingei", "Nyala", 300, FAMILIES),
        ),
    ),
]


@pytest.mark.parametrize("told", PARTS, ids=lambda told: told[0][:60])
def test_parts_of_a_group_have_their_own_place(told: Case) -> None:
    _check(told)


BULK = [
    case(
        "The M23 took Sake overnight. Since Monday about 30,000 have made off, the bulk "
        "to Goma and Minova, others into Mugunga.",
        "CD 2024-02-08",
        (move("Sake", "Goma, Minova"), move("Sake", "Mugunga"), move("Sake", "", 30_000)),
    ),
    case(
        "The RSF shelled El Geneina again. Since Thursday some 12,000 people have fled, "
        "most to Adré, others to Zalingei.",
        "SD 2023-06-20",
        (
            move("El Geneina", "Adré"),
            move("El Geneina", "Zalingei"),
            move("El Geneina", "", 12_000),
        ),
    ),
    case(
        "Islamic State seized Sinjar. About 500 fighters have made off, the bulk to Tal Afar.",
        "IQ 2014-08-10",
    ),
    case(
        "The M23 could take Sake. About 30,000 would make off, the bulk to Goma.",
        "CD 2024-02-08",
    ),
    case(
        "Insurgents stormed Palma. Since Wednesday about 11,000 have made off, the bulk "
        "to Pemba and Mueda, others into Nangade.",
        "MZ 2020-06-10",
        (move("Palma", "", 11_000), move("Palma", "Pemba, Mueda"), move("Palma", "Nangade")),
    ),
    case(
        "Since Wednesday about 11,000 have fled, the bulk to Pemba and Mueda, others to Nangade.",
        "MZ 2020-06-10",
        (move("", "Pemba, Mueda, Nangade", 11_000),),
    ),
    case(
        "Since Wednesday about 11,000 tonnes of rice have gone out, the bulk to Pemba and"
        " Mueda, others to Nangade.",
        "MZ 2020-06-10",
    ),
]


@pytest.mark.parametrize("told", BULK, ids=lambda told: told[0][:60])
def test_the_figure_of_all_is_not_that_of_most(told: Case) -> None:
    _check(told)


BEFORE = [
    case(
        "Before the fighting El Obeid hosted 86,000 who had come from Khartoum since April.",
        "SD 2023-06-20",
    ),
    case(
        "Wad Madani has taken in 40,000 people who fled Khartoum.",
        "SD 2023-06-20",
        (move("Khartoum", "Wad Madani", 40_000),),
    ),
    case(
        "Some 12,000 people have been displaced in Leer, Mayendit and Koch counties since Monday.",
        "SS 2014-06-20",
        (move("Leer, Mayendit, Koch", "", 12_000),),
    ),
    case(
        "Before the war Wad Madani had sheltered 12,000 refugees from Ethiopia.",
        "SD 2023-06-20",
    ),
    case(
        "Before nightfall Wad Madani took in 12,000 people from Khartoum.",
        "SD 2023-06-20",
        (move("Khartoum", "Wad Madani", 12_000),),
    ),
    case(
        "Before the war Wad Madani hosted 60,000 people who had fled Ethiopia.",
        "SD 2023-06-20",
    ),
]


@pytest.mark.parametrize("told", BEFORE, ids=lambda told: told[0][:60])
def test_stays_before_the_fighting_are_over(told: Case) -> None:
    _check(told)
