"""Quarters of cities, camps, bases and works that war reports name are found in their cities.

The towns are given by their positions in GeoNames, rounded to a hundredth of a degree.
"""

from __future__ import annotations

import pytest

from gazetteer import distance_km
from mapgen.model import Article
from mapgen.places.geoparsing import find_toponyms
from tests.unit.coding_kit import gazetteer

CITIES = {
    "Port-au-Prince": ("HT", 18.54, -72.34),
    "Khartoum": ("SD", 15.55, 32.53),
    "Omdurman": ("SD", 15.64, 32.48),
    "El Fasher": ("SD", 13.63, 25.35),
    "Nyala": ("SD", 12.05, 24.88),
    "Gaza": ("PS", 31.50, 34.47),
    "Khan Younis": ("PS", 31.35, 34.30),
    "Rafah": ("PS", 31.29, 34.26),
    "Beirut": ("LB", 33.89, 35.50),
    "Sidon": ("LB", 33.56, 35.37),
    "Aleppo": ("SY", 36.20, 37.13),
    "Homs": ("SY", 34.73, 36.72),
    "Damascus": ("SY", 33.51, 36.29),
    "Mosul": ("IQ", 36.34, 43.12),
    "Fallujah": ("IQ", 33.35, 43.78),
    "Ramadi": ("IQ", 33.42, 43.31),
    "Sanaa": ("YE", 15.35, 44.21),
    "Aden": ("YE", 12.78, 45.04),
    "Tripoli": ("LY", 32.89, 13.19),
    "Benghazi": ("LY", 32.12, 20.07),
    "Mogadishu": ("SO", 2.04, 45.34),
    "Goma": ("CD", -1.66, 29.22),
    "Kinshasa": ("CD", -4.33, 15.31),
    "Bangui": ("CF", 4.36, 18.56),
    "Buea": ("CM", 4.15, 9.24),
    "Freetown": ("SL", 8.48, -13.23),
    "Monrovia": ("LR", 6.30, -10.80),
    "Abidjan": ("CI", 5.32, -4.02),
    "Mariupol": ("UA", 47.10, 37.54),
    "Kharkiv": ("UA", 49.98, 36.25),
    "Kherson": ("UA", 46.64, 32.62),
    "Grozny": ("RU", 43.32, 45.70),
    "Sarajevo": ("BA", 43.85, 18.36),
    "Vukovar": ("HR", 45.34, 19.00),
    "Marawi": ("PH", 8.00, 124.29),
    "Dili": ("TL", -8.56, 125.57),
    "Yangon": ("MM", 16.81, 96.16),
    "Mandalay": ("MM", 21.97, 96.08),
    "Kabul": ("AF", 34.53, 69.17),
    "Mingora": ("PK", 34.78, 72.36),
    "Peshawar": ("PK", 34.01, 71.58),
    "N'Djamena": ("TD", 12.11, 15.04),
    "Sukhumi": ("GE", 43.00, 41.02),
    "Cox's Bazar": ("BD", 21.44, 92.01),
    "Teknaf": ("BD", 20.86, 92.30),
}
NEAR_KM = 15.0

FOUND = [
    ("Gunmen burned homes in Carrefour-Feuilles, Port-au-Prince, on Monday.", "Port-au-Prince"),
    ("Gunmen attacked Bel-Air and Fort-National in Port-au-Prince.", "Port-au-Prince"),
    ("The gang left Canaan for Christ-Roi in Port-au-Prince.", "Port-au-Prince"),
    ("Families fled Poste Marchand and Nazon in Port-au-Prince.", "Port-au-Prince"),
    ("Police drove into Grand Ravine and Village de Dieu, near Port-au-Prince.", "Port-au-Prince"),
    ("Shells hit Al-Sahafa and Jabra in Khartoum, killing six.", "Khartoum"),
    ("Troops took Kafouri and Haj Yousif from the paramilitaries near Khartoum.", "Khartoum"),
    ("Shells fell on Wad Nubawi and Umbada, in Omdurman.", "Omdurman"),
    ("Fighters shelled Abu Shouk camp near El Fasher on Tuesday.", "El Fasher"),
    ("Fighters shelled Kalma camp near Nyala on Tuesday.", "Nyala"),
    ("Tanks entered Sabra and Tal al-Hawa in Gaza.", "Gaza"),
    ("A strike hit a house in Sheikh Radwan, Gaza.", "Gaza"),
    ("Troops left Batn al-Samin near Khan Younis.", "Khan Younis"),
    ("Families who lived in Hamad City in Khan Younis fled.", "Khan Younis"),
    ("A drone struck Shaboura in Rafah.", "Rafah"),
    ("Aid lorries entered through the Rafah crossing on Monday.", "Rafah"),
    ("Jets struck Chiyah, Ghobeiry and Mrayjeh in Beirut.", "Beirut"),
    ("Men were shot in Tayouneh and Ain el-Rummaneh in Beirut.", "Beirut"),
    ("Fighting broke out in the camp of Mieh Mieh near Sidon.", "Sidon"),
    ("Rebels left Bustan al-Qasr and Masaken Hanano in Aleppo.", "Aleppo"),
    ("Rebels held Salaheddin and Bustan al-Basha in Aleppo.", "Aleppo"),
    ("Shells hit Bab Sbaa and Karm al-Zeitoun in Homs.", "Homs"),
    ("Soldiers stormed Jouret al-Shayah in Homs.", "Homs"),
    ("A bomb went off in Kafr Sousa in Damascus.", "Damascus"),
    ("Rebels shelled Bab Touma and Rukn al-Din in Damascus.", "Damascus"),
    ("Iraqi troops entered Gogjali in Mosul.", "Mosul"),
    ("Jihadists shot civilians who fled Zanjili in Mosul.", "Mosul"),
    ("Marines cleared Jolan in Fallujah.", "Fallujah"),
    ("Troops recaptured Albu Faraj near Ramadi.", "Ramadi"),
    ("Jets struck Faj Attan and Nuqum in Sanaa.", "Sanaa"),
    ("A car bomb went off in Mansoura in Aden.", "Aden"),
    ("Fighters shelled Ghut al-Shaal and Fashloum in Tripoli.", "Tripoli"),
    ("Rockets hit Mitiga near Tripoli on Monday.", "Tripoli"),
    ("The army took Leithi and Ganfouda in Benghazi.", "Benghazi"),
    ("Mortar shells fell on Hodan and Hawl Wadaag in Mogadishu.", "Mogadishu"),
    ("A suicide bomber struck near Villa Somalia in Mogadishu.", "Mogadishu"),
    ("Militants shelled Halane, in Mogadishu.", "Mogadishu"),
    ("Youths were shot in Birere, Goma.", "Goma"),
    ("Displaced families left Kanyaruchinya and Lac Vert near Goma.", "Goma"),
    ("Police fired at marchers in Limete and Gombe in Kinshasa.", "Kinshasa"),
    ("Fighting broke out at Camp Tshatshi in Kinshasa.", "Kinshasa"),
    ("Militiamen clashed in PK5, Bangui.", "Bangui"),
    ("Shots were heard in Boy-Rabe and Miskine in Bangui.", "Bangui"),
    ("Gunmen abducted two students in Molyko, Buea.", "Buea"),
    ("The rebels burned Kissy and Calaba Town in Freetown.", "Freetown"),
    ("The rebels shelled Sinkor and Mamba Point in Monrovia.", "Monrovia"),
    ("The rebels crossed into Congo Town near Monrovia.", "Monrovia"),
    ("Soldiers shot marchers in Yopougon and Adjamé in Abidjan.", "Abidjan"),
    ("The last defenders held out in Azovstal in Mariupol.", "Mariupol"),
    ("Missiles hit Kholodna Hora and Piatykhatky in Kharkiv.", "Kharkiv"),
    ("Troops blew up the Antonivsky Bridge near Kherson.", "Kherson"),
    ("Fighters ambushed a column at Minutka in Grozny.", "Grozny"),
    ("Snipers fired from Grbavica and Dobrinja in Sarajevo.", "Sarajevo"),
    ("Shells hit Baščaršija in Sarajevo.", "Sarajevo"),
    ("Prisoners were taken to Ovčara near Vukovar.", "Vukovar"),
    ("Troops fought house to house in Banggolo in Marawi.", "Marawi"),
    ("Houses were burned in Becora and Comoro in Dili.", "Dili"),
    ("Soldiers shot marchers in North Okkalapa and Thingangyun in Yangon.", "Yangon"),
    ("Soldiers fired at marchers in Chanmyathazi, Mandalay.", "Mandalay"),
    ("A school in Dasht-e-Barchi, Kabul, was bombed.", "Kabul"),
    ("A bomb went off in Karte Naw and Khair Khana in Kabul.", "Kabul"),
    ("Militants killed two men in Kanju and Kabal near Mingora.", "Mingora"),
    ("A bomb killed nine in Hayatabad, Peshawar.", "Peshawar"),
    ("Rebels fought soldiers in Moursal and Diguel in N'Djamena.", "N'Djamena"),
    ("Shells hit Gumista near Sukhumi.", "Sukhumi"),
    ("A fire broke out in Balukhali near Ukhiya and Cox's Bazar.", "Cox's Bazar"),
    ("Gunmen clashed in Unchiprang camp near Teknaf.", "Teknaf"),
]
# Wider places than a quarter, which the sentences name besides.
FAR_KM = {"Cox's Bazar": 40.0, "Teknaf": 30.0}


def places(text: str, country: str | None) -> dict[str, tuple[float, float] | None]:
    """Return the position of each place name of a text, None if it has no place."""
    article = Article(id="a", text=text, country=country)
    return {
        r.surface: None if r.lat is None or r.lon is None else (r.lat, r.lon)
        for r in find_toponyms([article], gazetteer())
        if r.type == "place"
    }


@pytest.mark.parametrize(("text", "city"), FOUND)
def test_a_quarter_lies_in_its_city(text: str, city: str) -> None:
    country, lat, lon = CITIES[city]
    found = places(text, country)
    quarters = {name: spot for name, spot in found.items() if name not in CITIES}
    assert quarters
    for name, spot in quarters.items():
        assert spot is not None, name
        assert distance_km(lat, lon, *spot) < FAR_KM.get(city, NEAR_KM), name


@pytest.mark.parametrize(
    ("text", "country", "name"),
    [
        # persons, peoples and things that bear the name of a quarter
        ("Wael al-Shaar said rebels had left Idlib.", "SY", "Shaar"),
        ("Ibrahim Hanano led a revolt near Idlib.", "SY", "Hanano"),
        ("Abu Mohammed al-Jolani spoke in Idlib on Monday.", "SY", "Jolani"),
        ("Sheikh Said called for calm in Daraa.", "SY", "Said"),
        ("Mr Sukkari said rebels had left Idlib.", "SY", "Sukkari"),
        ("Karim Nasser said shells had hit Gaza.", "PS", "Nasser"),
        ("Sheikh Akrama Sabri preached in Jerusalem.", "PS", "Akrama"),
        ("Minister Hodan Ali said troops would stay in Kismayo.", "SO", "Hodan"),
        ("The Wadajir party said it would boycott the vote in Kismayo.", "SO", "Wadajir"),
        ("Waberi said troops would stay in Kismayo.", "SO", "Waberi"),
        ("Wilberforce fought slavery before Freetown was founded.", "SL", "Wilberforce"),
        ("Ms Lumley visited Kenema on Monday.", "SL", "Lumley"),
        ("Police chief Bourdon said the gang had fled Gonaïves.", "HT", "Bourdon"),
        ("Carlos Santo said the road to Jacmel was closed.", "HT", "Santo"),
        ("Jabra Ibrahim said rebels had left El Obeid.", "SD", "Jabra"),
        ("Zuhur Jassim was shot in Basra.", "IQ", "Zuhur"),
        ("Leda Begum fled to Teknaf.", "BD", "Leda"),
        ("Mr Matta said militants had left Quetta.", "PK", "Matta"),
        ("Mullah Taimani said fighters had left Herat.", "AF", "Taimani"),
        ("Roberto Matta, the painter, was born in Chile.", None, "Matta"),
        ("Joanna Lumley campaigned for the Gurkhas.", None, "Lumley"),
        ("Soba noodles were served at the summit in Tokyo.", None, "Soba"),
        ("Daraj, a news site in Beirut, wrote of the war.", "LB", "Daraj"),
        ("Les combattants ont quitté la ville.", "CF", "combattants"),
        # works and quarters that others share a name with
        ("The general, a graduate of West Point, said the army was ready.", None, "West Point"),
        ("Forces advanced in Salah al-Din on Monday.", None, "Salah al-Din"),
        ("Police in Williamsville, Kentucky, found the car.", None, "Williamsville"),
        ("The Comoro Islands lie off Mozambique.", None, "Comoro"),
        ("The road leads through La Saline near Gonaïves.", "HT", "La Saline"),
        ("Rebels took Makala near Beni.", "CD", "Makala"),
    ],
)
def test_what_only_bears_the_name_of_a_quarter_is_no_place(
    text: str, country: str | None, name: str
) -> None:
    drawn = [surface for surface, spot in places(text, country).items() if spot]
    assert not [surface for surface in drawn if name in surface]


@pytest.mark.parametrize(
    ("text", "country", "name", "spot"),
    [
        ("A delegation from Wellington met officials.", None, "Wellington", (-41.29, 174.78)),
        ("New Zealand's Wellington sent aid to Freetown.", "SL", "Wellington", (-41.29, 174.78)),
        ("A helicopter from Aberdeen, Scotland, landed.", None, "Aberdeen", (57.14, -2.10)),
        ("Cadets left West Point, New York, on Monday.", "US", "West Point", (41.39, -73.96)),
        ("A graduate of West Point in New York spoke.", "LR", "West Point", (41.39, -73.96)),
        ("Boko Haram attacked Gombe and Bauchi.", None, "Gombe", (10.29, 11.17)),
        ("Boko Haram attacked Gombe in Nigeria.", "CD", "Gombe", (10.29, 11.17)),
        ("Gunmen killed ten people in Gombe on Monday.", "NG", "Gombe", (10.29, 11.17)),
        ("Police in Mansoura, Egypt, arrested two men.", "YE", "Mansoura", (31.04, 31.38)),
        ("Police in Bel-Air, Los Angeles, shot a man.", "US", "Bel-Air", (34.08, -118.45)),
        ("Gunmen attacked Bel Air near Cap-Haïtien.", "HT", "Bel Air", (19.75, -72.21)),
        ("A storm hit Paynesville, Minnesota.", "US", "Paynesville", (45.38, -94.71)),
        ("A storm hit Paynesville in Victoria.", "AU", "Paynesville", (-37.92, 147.72)),
        ("Fighting broke out in Bangolo in the west.", "CI", "Bangolo", (7.01, -7.49)),
        ("Shells hit Romanivka and Piatykhatky.", "UA", "Piatykhatky", (48.41, 33.71)),
        ("Rebels besieged Nubl and Zahraa.", "SY", "Zahraa", (36.37, 37.00)),
        ("Troops entered Bayada near Naqoura.", "LB", "Bayada", (33.20, 35.33)),
        ("Shells hit Hamidiyeh, near Tartus, on Monday.", "SY", "Hamidiyeh", (34.71, 35.95)),
        ("Rebels seized al-Karama, east of Raqqa.", "SY", "al-Karama", (35.87, 39.28)),
        ("Rebels shelled Hadda in Lahij.", "YE", "Hadda", (13.22, 44.18)),
        ("Forces advanced in Salah al-Din province.", "IQ", "Salah al-Din", (34.52, 43.64)),
        ("Men of Salah al-Din province in Iraq fought.", "LY", "Salah al-Din", (34.52, 43.64)),
        ("Gunmen attacked a market in Majengo, Mombasa.", "KE", "Majengo", (-3.97, 39.50)),
        ("Police in Ibanda arrested two men.", "UG", "Ibanda", (-0.13, 30.50)),
        ("Police in Ifo arrested two men.", "NG", "Ifo", (6.81, 3.20)),
        ("Police arrested two men in Ifo near Dadaab.", "KE", "Ifo", (0.11, 40.32)),
        ("In the Bible, Canaan is the promised land.", None, "Canaan", (32.0, 35.2)),
        ("Shangani lies in Zimbabwe, where police shot a man.", "ZW", "Shangani", (-19.78, 29.37)),
    ],
)
def test_a_namesake_elsewhere_is_still_meant(
    text: str, country: str | None, name: str, spot: tuple[float, float]
) -> None:
    found = places(text, country)[name]
    assert found is not None
    assert distance_km(*spot, *found) < NEAR_KM
