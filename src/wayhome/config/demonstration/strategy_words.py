"""The strategy of the invented partnership, in words of its own: what it wants, what it does, how that goes. Pure.

Days are counted from now: minus is past. Nobody named here is anybody.
"""

from dataclasses import dataclass

TITLE = "A light in every porch: coming home safe"
PLAN = "Coming home safe: action plan"
SECTIONS = (
    (
        "statement",
        "What we say to children",
        "When you are away, we look for you. When you are back, we ask what you ran from and what you ran to, and we "
        "change something because of what you say.",
        "",
    ),
    (
        "vision",
        "Where we want to be in three years",
        "Every child who goes missing in Saltmere and Vale is seen safe the same day, heard within three days, and "
        "finds that something is different afterwards. Adults who use children find it harder here than anywhere else.",
        "",
    ),
    (
        "text",
        "Who we are",
        "The council, the police, health, schools, the youth justice service, the homes and Listening Ear answer for "
        "this together. The Strategic Group owns it; the Board asks how it goes four times a year.",
        "",
    ),
    (
        "quote",
        "What a young person told us",
        "They kept asking where I had been. Nobody asked who was waiting for me.",
        "A member of the Young Harbour Panel, 17",
    ),
    (
        "text",
        "How we will know",
        "We count how often children are missing, how many are heard and how soon, and whether those who look after "
        "them tell us in time. We say what we are not doing well before anybody else has to.",
        "",
    ),
    (
        "source",
        "What we build on",
        "The law and guidance in our library, and what 112 return interviews told us.",
        "",
    ),
)

# key, what stands before its name, title, what it is to reach, the post that leads it.
PRIORITIES = (
    (
        "P1",
        "Known early",
        "Children who may be drawn away are noticed before the first night out.",
        "early_help",
        ["prevent"],
    ),
    ("P2", "Safe and heard", "Every return is met by somebody who listens.", "coordinator", ["protect"]),
    (
        "P3",
        "Harder to harm here",
        "Places and people that draw children in lose their hold.",
        "exploitation",
        ["pursue"],
    ),
    (
        "P4",
        "Justice that holds",
        "Those who harm are held to account, and children are not.",
        "justice",
        ["prosecute"],
    ),
)
GROUPS = (
    ("S1", "Listening"),
    ("S2", "Working as one"),
    ("S3", "Checking our own work"),
)
OBJECTIVES = (
    ("O1", "Adults who see children every day know what to look for and whom to ring.", "P1"),
    ("O2", "No return goes unheard because of a rota, a form or a border.", "P2"),
    ("O3", "What children say about places is acted on within a fortnight.", "P3"),
    ("O4", "A child who was used is met as one who was harmed.", "P4"),
)

# key: title, agency, holder, e-mail of one without an account, the user who holds it. No holder: the post is vacant.
POSTS: dict[str, tuple[str, str, str, str, str]] = {
    "director": (
        "Director of Children's Services",
        "council",
        "Maud Examplewick",
        "maud@wayhome.example",
        "",
    ),
    "chair": ("Chair of the Strategic Group", "council", "Lena Boardwell", "", "lena"),
    "coordinator": ("Missing and Exploitation Coordinator", "council", "Cora Lanternby", "", "cora"),
    "early_help": ("Head of Early Help", "council", "Gwen Supposely", "gwen@wayhome.example", ""),
    "insight": ("Performance and Insight Lead", "council", "Ana Tallyworth", "", "ana"),
    "learning": ("Quality and Learning Lead", "council", "Wim Specimenby", "wim@wayhome.example", ""),
    "virtual_school": ("Virtual School Head", "schools", "", "", ""),
    "desk": ("Missing Desk Sergeant", "police", "Piotr Samplowski", "", "piotr"),
    "exploitation": (
        "Head of the Child Exploitation Unit",
        "police",
        "Dana Madeuply",
        "dana@wayhome.example",
        "",
    ),
    "nurse": ("Designated Nurse for Safeguarding", "health", "Noor Inventham", "noor@wayhome.example", ""),
    "lantern": ("Registered Manager, Lantern House", "homes", "Hal Porchley", "", "hal"),
    "interviews": ("Lead Return Interviewer", "ear", "Ines Samplesby", "", "ines"),
    "justice": ("Head of Youth Justice", "justice", "Tom Fableton", "tom@wayhome.example", ""),
}

Rated = tuple[int, str, str, str, str]
Said = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """An action. `ratings`: days ago, colour, why, evidence, remedy. `said`: days ago, done, next, blocker, state."""

    reference: str
    priority: str
    group: str
    title: str
    text: str
    shows: str
    # post:, team:, agency:, body: with a key, or words; the lead first.
    owners: tuple[str, ...]
    due: tuple[str, int] = ("open", 0)
    state: str = "in_progress"
    ratings: tuple[Rated, ...] = ()
    said: tuple[Said, ...] = ()
    because: str = ""
    objective: str = ""
    four_p: tuple[str, ...] = ()
    level: str = "strategic"


ACTS = (
    Act(
        "1.1",
        "P1",
        "S2",
        "Porch talks in every school",
        "Two conversations a year with each year group about being drawn away, led by people the pupils know.",
        "Every secondary school has held both; pupils can say whom they would ring.",
        ("post:early_help", "agency:schools"),
        ("month", 60),
        ratings=(
            (300, "not_rated", "Not begun.", "", ""),
            (200, "green", "Nine of eleven schools have dates.", "List of dates", ""),
            (
                20,
                "green",
                "Ten of eleven schools have held the first.",
                "List of dates, signed by schools",
                "",
            ),
        ),
        said=(
            (
                22,
                "Ten schools have held the first conversation.",
                "The eleventh is set for next month.",
                "",
                "in_progress",
            ),
        ),
        objective="O1",
        four_p=("prevent",),
    ),
    Act(
        "1.2",
        "P1",
        "S2",
        "One telephone number for worries",
        "Anybody who worries about a child can ring one number and speak to somebody who knows what to do.",
        "Calls answered in working hours; callers are told what came of it.",
        ("post:early_help",),
        ("date", -12),
        state="in_progress",
        ratings=(
            (210, "green", "The line is bought and tested.", "Test calls", ""),
            (
                40,
                "amber",
                "It opens a month late.",
                "Plan of the provider",
                "A temporary number answers from Monday.",
            ),
        ),
        said=((41, "Test calls are done.", "Open the line.", "Two posts were filled late.", "in_progress"),),
        objective="O1",
        four_p=("prevent",),
    ),
    Act(
        "1.3",
        "P1",
        "S1",
        "Taxi and hotel staff know the signs",
        "Short sessions for drivers, door staff and hotel teams, held where they work and when they can.",
        "Two hundred people reached in a year; what they report is counted.",
        ("RB & the licensing lot",),
        ("month", 150),
        ratings=((230, "green", "First sessions held.", "Sign-in sheets", ""),),
        said=((231, "Four sessions for forty people.", "Hotels by the station.", "", "in_progress"),),
        objective="O1",
        four_p=("prevent", "pursue"),
        level="operational",
    ),
    Act(
        "1.4",
        "P1",
        "S3",
        "Look back at every first time",
        "Each first episode is read by two people a month later: what was known before, and by whom.",
        "A note for each, and a page of what came up every quarter.",
        ("post:learning", "post:insight"),
        ("recurring:quarterly:quality", 0),
        ratings=(
            (150, "amber", "Half are read.", "Log of readings", "A second reader from health."),
            (15, "green", "All of the quarter are read.", "Log of readings", ""),
        ),
        said=(
            (
                16,
                "All first episodes of the quarter were read.",
                "The page for the group.",
                "",
                "in_progress",
            ),
        ),
    ),
    Act(
        "1.5",
        "P1",
        "S1",
        "Parents' evenings that parents want",
        "Evenings for parents and carers, planned with parents who have been through it.",
        "Parents who came say they would send a friend.",
        ("post:virtual_school",),
        ("month", 90),
        state="not_started",
        objective="O1",
        four_p=("prevent",),
    ),
    Act(
        "1.6",
        "P1",
        "S2",
        "Leaflets in six languages",
        "What to do on the first night, on one page, in the six languages most spoken here.",
        "Printed, and checked by readers of each language.",
        ("agency:health", "post:coordinator"),
        ("date", -160),
        state="complete",
        ratings=(
            (280, "green", "Four are done.", "Proofs", ""),
            (170, "blue", "All six are out.", "The leaflets", ""),
        ),
        said=((171, "All six are printed and in waiting rooms.", "", "", "complete"),),
    ),
    Act(
        "2.1",
        "P2",
        "S1",
        "Somebody of their own choosing",
        "A child chooses who does the return interview, from three people shown with a picture and a line each.",
        "Children say in the interview that they chose.",
        ("post:interviews", "team:interviews"),
        ("month", 30),
        ratings=(
            (250, "amber", "Pictures of two of three.", "The cards", "The third is photographed in May."),
            (120, "green", "All cards are in use.", "The cards", ""),
            (12, "green", "Every child of the month chose.", "Twelve interviews read", ""),
        ),
        said=((13, "All interviewers have a card.", "Cards for the new colleague.", "", "in_progress"),),
        objective="O2",
        four_p=("protect",),
        level="operational",
    ),
    Act(
        "2.2",
        "P2",
        "S1",
        "Heard within three days",
        "Return interviews are held within seventy-two hours, also at weekends and for children placed elsewhere.",
        "Nine of ten are held in time, month after month.",
        ("post:interviews", "post:coordinator"),
        ("month", 120),
        ratings=(
            (260, "red", "Four of ten in time.", "Monthly measure", "A weekend rota from spring."),
            (130, "amber", "Better on weekdays.", "Monthly measure", "The rota is extended to Sunday."),
            (
                18,
                "amber",
                "Still late where children live elsewhere.",
                "Monthly measure",
                "Agreements with two neighbours are drafted.",
            ),
        ),
        said=(
            (
                19,
                "A weekend rota is in place.",
                "Agreements with two neighbouring areas.",
                "One neighbour has not answered.",
                "in_progress",
            ),
        ),
        objective="O2",
        four_p=("protect",),
    ),
    Act(
        "2.3",
        "P2",
        "S2",
        "A call before the first night",
        "Homes ring the desk before midnight with where the child may be, what they wear and who they trust.",
        "Notifications tell everything that is asked.",
        ("post:lantern", "post:desk"),
        ("recurring:monthly:missing", 0),
        ratings=(
            (190, "green", "Agreed by all homes.", "Signed sheet", ""),
            (9, "green", "Homes say it is routine now.", "Minutes", ""),
        ),
        said=((10, "All homes use the new sheet.", "", "", "in_progress"),),
        objective="O2",
        four_p=("protect",),
        level="operational",
    ),
    Act(
        "2.4",
        "P2",
        "S1",
        "What changed because of you",
        "Within a month of an interview the child is told, in their own way, what is different now.",
        "A line in each plan, in words the child would use.",
        ("team:youth",),
        ("month", 45),
        state="stalled",
        ratings=(
            (140, "amber", "Three teams of five do it.", "Plans read", "The other two begin in autumn."),
        ),
        said=((141, "Three teams write it.", "", "No template in the other system.", "stalled"),),
    ),
    Act(
        "2.5",
        "P2",
        "S2",
        "One worker through the night",
        "A child who comes back at night is met by one person who stays until a known adult is there.",
        "No child waits alone in a station.",
        ("post:desk", "agency:council"),
        ("date", 75),
        ratings=((100, "red", "Two children waited alone in the quarter.", "Log of the desk", ""),),
        said=((101, "A rota is drafted.", "Agree who pays.", "The cost is not agreed.", "in_progress"),),
        objective="O2",
        four_p=("protect",),
    ),
    Act(
        "2.6",
        "P2",
        "S3",
        "Sample every tenth interview",
        "Every tenth return interview is read by somebody who had no part in it.",
        "What was found is told to those who interview, within a month.",
        ("post:learning",),
        ("recurring:quarterly:quality", 0),
        ratings=((110, "green", "Twelve were read.", "Sampling log", ""),),
        said=((111, "Twelve were read and told back.", "", "", "in_progress"),),
    ),
    Act(
        "2.7",
        "P2",
        "S2",
        "Fewer children missing again",
        "Where a child was missing three times in ninety days, one plan with one name on it.",
        "Fewer episodes, month after month.",
        ("post:coordinator",),
        ("month", 200),
        ratings=(
            (180, "amber", "Plans for half.", "List of plans", "Weekly meeting."),
            (8, "green", "Every such child has a plan.", "List of plans", ""),
        ),
        said=((9, "Every child on the list has one plan.", "", "", "in_progress"),),
        objective="O2",
        four_p=("protect",),
    ),
    Act(
        "3.1",
        "P3",
        "S2",
        "A map that everybody adds to",
        "Places that children name in interviews stand on one map that police, licensing and youth workers read.",
        "Each place named twice has an owner.",
        ("post:exploitation", "post:interviews"),
        ("date", 25),
        ratings=(
            (240, "amber", "Not all agencies read it.", "Log of readers", "Accounts for licensing."),
            (95, "green", "All read it weekly.", "Log of readers", ""),
        ),
        said=((96, "Licensing has accounts.", "A weekly ten minutes on the map.", "", "in_progress"),),
        objective="O3",
        four_p=("pursue",),
        level="operational",
    ),
    Act(
        "3.2",
        "P3",
        "S2",
        "Warnings served within a week",
        "Where an adult keeps a child away, a warning is prepared, decided and served within seven days.",
        "Days from first mention to service.",
        ("post:exploitation",),
        ("recurring:quarterly:exploitation", 0),
        ratings=(
            (170, "green", "Six of seven in time.", "Register", ""),
            (30, "amber", "Two took three weeks.", "Register", "A duty lawyer on Fridays."),
        ),
        said=((31, "Nine were served.", "A duty lawyer.", "", "in_progress"),),
        objective="O3",
        four_p=("pursue",),
    ),
    Act(
        "3.3",
        "P3",
        "S1",
        "Evening patrols where children say",
        "Patrol routes are set each month from what children said, and what was found is told back.",
        "Routes changed; children told.",
        ("agency:police",),
        ("month", 20),
        ratings=(
            (160, "green", "Routes are set monthly.", "Route plans", ""),
            (35, "green", "Routes are set monthly.", "Route plans", ""),
        ),
        said=((36, "Routes were changed twice.", "", "", "in_progress"),),
        four_p=("pursue",),
        level="operational",
    ),
    Act(
        "3.4",
        "P3",
        "S2",
        "Landlords who look",
        "An agreement with the three largest landlords to ring when a flat has become somebody else's.",
        "Agreements signed; calls counted.",
        ("A housing lead, to be named",),
        ("open", 0),
        state="not_started",
        four_p=("pursue",),
    ),
    Act(
        "3.5",
        "P3",
        "S3",
        "Second map for parks",
        "A map of parks and shelters of its own.",
        "",
        ("post:exploitation",),
        ("open", 0),
        state="superseded",
        because="The map of action 3.1 has parks on it now.",
        ratings=((220, "amber", "Two maps are one too many.", "Minutes", "Put them together."),),
    ),
    Act(
        "4.1",
        "P4",
        "S2",
        "Harmed first, charged last",
        "Before a child who may have been used is charged, somebody who knows exploitation is asked.",
        "Every such decision names who was asked.",
        ("post:justice", "post:exploitation"),
        ("month", -20),
        ratings=(
            (205, "amber", "Asked in half.", "Files read", "A named person on call."),
            (55, "amber", "Asked in two of three.", "Files read", "Training for custody staff."),
        ),
        said=((56, "Two of three name who was asked.", "Custody staff are trained.", "", "in_progress"),),
        objective="O4",
        four_p=("prosecute", "protect"),
    ),
    Act(
        "4.2",
        "P4",
        "S1",
        "Somebody beside them in court",
        "Each child who is a witness has one person from the first statement to the day after the verdict.",
        "No witness without a named person.",
        ("agency:ear", "post:justice"),
        ("open", 0),
        ratings=(
            (125, "green", "All five have somebody.", "List", ""),
            (14, "green", "All seven have somebody.", "List", ""),
        ),
        said=((15, "Seven of seven.", "", "", "in_progress"),),
        objective="O4",
        four_p=("prosecute",),
        level="case",
    ),
    Act(
        "4.3",
        "P4",
        "S3",
        "Read what fell apart",
        "Each case that did not come to court is read together within six weeks: what would have held?",
        "Lessons are in this plan.",
        ("post:learning", "post:exploitation"),
        ("recurring:half_yearly:quality", 0),
        ratings=((290, "green", "Two were read.", "Notes", ""),),
        said=((291, "Two were read.", "", "", "in_progress"),),
        objective="O4",
        four_p=("prosecute",),
    ),
    Act(
        "4.4",
        "P4",
        "S2",
        "Interviews on film, near home",
        "A room for filmed evidence in the Vale, so that no child travels an hour to be heard.",
        "The room is open.",
        ("post:exploitation", "agency:health"),
        ("date", 140),
        ratings=(
            (115, "green", "The room is found.", "Lease", ""),
            (
                25,
                "red",
                "The lease fell through.",
                "Letter of the landlord",
                "Two other rooms are looked at this month.",
            ),
        ),
        said=(
            (
                26,
                "Plans for the room are drawn.",
                "Look at two others.",
                "The landlord withdrew.",
                "in_progress",
            ),
        ),
        objective="O4",
        four_p=("prosecute",),
    ),
    Act(
        "4.5",
        "P4",
        "S3",
        "Count children who were used and charged",
        "How many, for what, and what became of it, each quarter.",
        "A page in the papers of this group.",
        ("post:insight",),
        ("recurring:quarterly:strategic", 0),
        state="in_progress",
        ratings=((92, "not_rated", "The count begins with the new year.", "", ""),),
        said=((93, "A definition is agreed.", "Count.", "", "in_progress"),),
    ),
    Act(
        "4.6",
        "P4",
        "S2",
        "A pilot that ended",
        "A trial of video links from homes to court.",
        "",
        ("post:justice",),
        ("date", -90),
        state="cancelled",
        because="The court runs a link of its own since summer.",
        ratings=((215, "amber", "Two homes of five.", "List of homes", "Three more by June."),),
    ),
)

# What was promised beside the actions: priority, words, the actions that serve it.
PROMISES = (
    ("P1", "We will know every child who misses more than ten days of school for reasons nobody knows.", ()),
    ("P1", "People who see children at night will know what to look for.", ("1.3",)),
    ("P1", "Families can ask for help without a referral.", ("1.2",)),
    ("P2", "No child will be asked the same questions twice.", ("2.1",)),
    ("P2", "Every home will have a named worker of the police.", ()),
    ("P2", "Children who live elsewhere are heard like children who live here.", ("2.2",)),
    ("P3", "Businesses that look away will hear from us.", ()),
    ("P3", "Children will be told what came of what they said.", ("3.3",)),
    ("P4", "Families of witnesses are supported as long as it takes.", ("4.2",)),
    ("P4", "We will publish how many children were charged who should have been helped.", ("4.5",)),
)

# action, what, funder, state, note
NEEDS = (
    ("1.2", "Two people on the telephone", "Council and health, half each", "recruited", ""),
    ("2.2", "A weekend interviewer", "Police and crime fund", "advertised", "Second round"),
    ("2.5", "A night worker", "", "vacant", "Not agreed who pays"),
    ("4.4", "A room and two cameras", "Health", "funded", ""),
)

# question, recommended, outcome, days ago decided
QUESTIONS = (
    (
        "Who pays for a worker who meets children at night (action 2.5)?",
        "The three partners in equal parts for one year; what it costs is in the paper of the director.",
        "",
        0,
    ),
    (
        "May the neighbours be asked at the level of directors (action 2.2)?",
        "Yes, by the chair, before the next meeting.",
        "",
        0,
    ),
    (
        "May the pilot of video links end (action 4.6)?",
        "Yes.",
        "Agreed. The court's own link is looked at in a year.",
        95,
    ),
)

# action, title, where, finding, days ago
EVIDENCE = (
    (
        "2.1",
        "Twelve interviews read",
        "Sampling log, page 4",
        "In eleven the child says that they chose.",
        20,
    ),
    (
        "2.6",
        "Second sample of the year",
        "Quality folder, 2",
        "Nine of twelve were read back to the child.",
        108,
    ),
    ("4.1", "Custody files", "Minute 7 of the group", "Two of three name who was asked.", 55),
)

# title, publisher, version, days since it was published, address, own, days to the next check, who is to read it, who
# has, and the title of what it replaces
LIBRARY = (
    (
        "Working together with children who go missing",
        "Saltmere and Vale Partnership",
        "3",
        120,
        "Partnership folder, protocols",
        True,
        245,
        ("council", "police", "health", "homes", "ear"),
        ("council", "police", "ear"),
        "Missing protocol",
    ),
    (
        "Missing protocol",
        "Saltmere and Vale Partnership",
        "2",
        900,
        "Partnership folder, old protocols",
        True,
        None,
        ("council", "police"),
        ("council", "police"),
        "",
    ),
    (
        "National guidance on children who run away or go missing",
        "Department of Examples",
        "2nd edition",
        1500,
        "https://guidance.example/missing",
        False,
        -25,
        ("council", "police", "homes", "schools"),
        ("council",),
        "",
    ),
    (
        "Practice notes on exploitation of children",
        "Institute of Invented Studies",
        "5",
        300,
        "https://notes.example/exploitation",
        False,
        14,
        ("council", "health", "schools", "justice"),
        ("justice",),
        "",
    ),
    (
        "Code for return interviews",
        "Listening Ear",
        "1",
        60,
        "Shared drive, interviews",
        True,
        300,
        ("ear", "council"),
        ("ear", "council"),
        "",
    ),
)

# title, why, days until expected, post or words, decision, because, days ago decided
COMING = (
    (
        "A duty to count children who were used and charged",
        "It would make action 4.5 law.",
        160,
        "justice",
        "open",
        "",
        0,
    ),
    (
        "New form for notifications between forces",
        "Homes would fill in something else.",
        40,
        "desk",
        "open",
        "",
        0,
    ),
    (
        "A study of children who are placed far from home",
        "It asks what we ask in action 2.2.",
        -30,
        "",
        "adopt",
        "Its four questions go into our interviews.",
        20,
    ),
    (
        "A national register of places",
        "Ours is closer to children.",
        300,
        "exploitation",
        "noted",
        "Nothing to change before it is decided.",
        60,
    ),
)

# key, kind, how often it meets, days since it was last asked whether it is needed
BODIES = {
    "board": ("board", "Four times a year", 210),
    "strategic": ("group", "Each quarter", 190),
    "exploitation": ("group", "Each month", 400),
    "missing": ("group", "Each month", 160),
    "pre_missing": ("group", "A week before the operational group", 160),
    "quality": ("group", "Six times a year", 500),
}
PANEL = (
    "panel",
    "Safe Harbour Panel",
    "Hears about children at significant risk, and gives each one plan.",
    "Children with two kinds of concern, or one that grew.",
    "Three times missing in ninety days, or a worry of two agencies.",
)
# body: days of its meetings from now
MEETINGS = {
    "board": (-275, -182, -90, 26),
    "strategic": (-285, -192, -97, 12),
    "exploitation": (-75, -47, -19, 9, 40),
    "missing": (-78, -50, -22, 6, 34),
    "pre_missing": (-85, -57, -29, -1, 27),
    "quality": (-120, -61, 3),
    "panel": (-28, -14, 0, 14),
}
# body: post or agency, role, required; who did not come lately is said in seeding
SEATS = {
    "board": (
        ("director", "chair"),
        ("exploitation", "deputy"),
        ("nurse", "member"),
        ("justice", "member"),
        ("virtual_school", "member"),
    ),
    "strategic": (
        ("chair", "chair"),
        ("exploitation", "deputy"),
        ("coordinator", "member"),
        ("nurse", "member"),
        ("early_help", "member"),
        ("interviews", "member"),
        ("virtual_school", "member"),
        ("insight", "adviser"),
    ),
    "exploitation": (
        ("exploitation", "chair"),
        ("coordinator", "member"),
        ("justice", "member"),
        ("nurse", "member"),
    ),
    "missing": (
        ("coordinator", "chair"),
        ("desk", "deputy"),
        ("interviews", "member"),
        ("lantern", "member"),
        ("virtual_school", "member"),
    ),
    "pre_missing": (("coordinator", "chair"), ("desk", "member")),
    "quality": (("learning", "chair"), ("insight", "member"), ("nurse", "member")),
    "panel": (
        ("coordinator", "chair"),
        ("exploitation", "member"),
        ("nurse", "member"),
        ("early_help", "member"),
    ),
}
