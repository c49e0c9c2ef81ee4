# SPDX-License-Identifier: GPL-3.0-or-later
"""What the screen must meet so that everybody can use it, one row each, and how it is tested.

force: L Norwegian law, N EN 301 549 "shall", n EN "should", E study, guidance or the project's own number.
artefact: DL display list, SS picture, EV log of events, SP log of speech, FS files left behind, CFG settings, WEB the sign-up pages,
TXT message files and contents, MAN measured or decided by a person (docs/installation.md says how).
tests: names of what list_rows.py, picture_rows.py, event_rows.py, speech_rows.py, words_rows.py, page_rows.py, settings_rows.py,
crawl, qr and fingers count; none for a person's row.
"""
import collections

Row = collections.namedtuple("Row", "id statement number force artefact kind tests why")


def machine(name, statement, number, force, artefact, *tests):
    return Row(name, statement, number, force, artefact, "machine", tests, "")


def person(name, statement, number, force):
    return Row(name, statement, number, force, "MAN", "person", (), "")


def left_out(name, statement, number, force, why):
    return Row(name, statement, number, force, "", "left out", (), why)


ROWS = [
    # ---- what law asks
    person("LAW1", "the screen counts as an automat under the regulation on universal design of ICT; the owner's records say so", "1 record", "L"),
    person("LAW2", "the standards that the regulation lists for automats are read before anybody claims that they are met", "10", "L"),
    person("LAW3", "NS 11022 is agreed upon as norm in the contract", "1 contract", "E"),
    machine("LAW4", "words differ in luminance from what they stand on (TEK17 12-18)", "Weber 0.8", "L", "DL SS", "text_weber", "picture_weber"),
    person("LAW5", "the Accessibility Act's duties are looked up again when Norway takes it in; its annex is the norm until then", "7 duties", "L"),
    machine("LAW6", "no dead end without a person: whom to ask, or help one touch away", "1 way", "L", "DL", "dead_ends", "way_home"),
    person("LAW7", "the way to the screen is wide enough", "180/150/120 cm", "L"),
    machine("LAW8", "targets of 24 CSS pixels, nothing dragged, nothing typed twice", "6.35 mm", "E", "DL EV", "target_floor", "taps_only", "crawl_touch"),
    # ---- closed functionality
    machine("CF1", "everything works with nothing attached: by touch alone, and by ear alone", "all tasks", "N", "EV", "crawl_touch", "crawl_speech"),
    machine("CF2", "every function can be used without sight", "100 %", "N", "DL SP EV", "everything_said", "crawl_speech", "speech_complete"),
    person("CF3", "the headset's socket can be found without sight", "1 of 2 ways", "N"),
    machine("CF4", "speech says what a thing is and its place among how many", "100 %", "n", "SP", "speech_place"),
    machine("CF5", "speech stops at once and can be said again", "200 ms", "N", "SP", "speech_stop", "speech_repeat"),
    machine("CF6", "no two utterances at once; whatever one does ends the one that runs", "0 ms over", "N", "SP", "speech_alone"),
    machine("CF7", "signs, pictures and codes have words; decoration is silent", "100 %", "N", "DL", "everything_said"),
    machine("CF8", "no video, and no sound without its words", "0", "N", "DL", "only_known_roles"),
    machine("CF9", "what is typed is not said on the loudspeaker", "0", "N", "SP", "speech_private"),
    machine("CF10", "a telephone number is said to a headset only, or where the visitor chose so", "0", "N", "SP", "speech_private"),
    machine("CF11", "no other sound while speech is on", "3 s", "N", "SP", "speech_alone"),
    machine("CF12", "volume in steps that can be set by ear alone", "5 steps", "N", "SP DL", "speech_volume"),
    machine("CF13", "the volume is the usual one again after each visit", "65 dBA", "N", "SP", "speech_volume_reset"),
    machine("CF14", "speech is in the language that is shown", "100 %", "N", "SP DL", "speech_language"),
    machine("CF15", "a wrong number is named in speech with how to mend it", "100 %", "N", "SP", "speech_error"),
    machine("CF16", "what becomes of a call-back is said in full", "100 %", "N", "SP", "speech_receipt"),
    machine("CF17", "a capital H of 0.7 degrees at the viewing distance", "7.33 mm at 600 mm", "N", "DL SS", "type_size", "picture_type"),
    machine("CF18", "moving on from any control reaches every other one and comes round", "0 traps", "N", "EV", "speech_no_trap"),
    machine("CF19", "nothing has to be spoken into the screen", "0", "N", "DL", "only_known_roles"),
    machine("ACT1", "help, language, size, contrast, reach and reading aloud stand on every view, low and large", "1 touch, 1100 mm", "N", "DL",
            "way_home", "furniture_in_reach"),
    machine("ACT2", "no face, no voice is looked at or listened to", "0 devices", "N", "FS", "no_devices"),
    machine("OP1", "one finger is enough", "1", "N", "DL EV", "taps_only", "crawl_touch"),
    machine("OP2", "in speech mode a touch tells, and only the choosing zone acts", "0 by accident", "N", "EV", "speech_touch"),
    machine("OP3", "a switch shows and says whether it is on, not by colour alone", "100 %", "N", "DL", "toggles", "states_in_words"),
    machine("OP4", "a key that is held types once", "1", "N", "EV", "key_repeat"),
    machine("OP5", "a key touched again within half a second types once", "500 ms", "N", "EV", "key_debounce"),
    person("OP6", "what starts speech can be felt", "raised mark", "N"),
    # ---- WCAG
    machine("W1", "contrast of words", "7:1", "N", "DL SS", "text_contrast", "picture_contrast"),
    machine("W2", "contrast of edges and signs", "3:1", "N", "DL SS", "edges", "picture_edges"),
    machine("W3", "never by colour alone, nor by where something stands", "0", "N", "DL SS TXT", "states_in_words", "picture_grey", "words_sides"),
    machine("W4", "nothing moves during a visit but the clock", "0 px", "N", "SS", "picture_still"),
    machine("W5", "no flashes", "3 a second", "N", "SS EV", "picture_flashes"),
    machine("W6", "what is reached in turn stands in reading order, and shows that it is reached", "4 px, 3:1", "N", "DL SS", "focus_order", "focus_ring"),
    machine("W7", "no gesture; buttons turn pages", "0", "N", "DL", "taps_only"),
    machine("W8", "a control acts when the finger leaves; sliding off lets go of it", "20 mm", "N", "EV", "acts_on_up", "drag_off"),
    machine("W9", "a touch that has not ended, and a digit, change no view", "0", "N", "EV", "no_surprise"),
    machine("W10", "labels stay, errors say how, all is reviewed before it is sent and can be undone after", "1 review", "N", "EV WEB",
            "review_first", "page_labels", "page_withdrawal"),
    machine("W11", "nothing scrolls, nothing is wider than the picture", "0 px", "N", "DL", "nothing_cut"),
    # ---- reach and sight
    machine("R1", "each action is within reach from a chair", "380 to 1220 mm", "N", "DL CFG", "reach", "settings_height"),
    machine("R2", "a screen behind a shelf hangs lower: the setting has a limit", "1220/1120 mm", "N", "CFG", "settings_height"),
    person("R3", "room for knees and toes where it is used from below", "760 x 430 x 230 mm", "N"),
    person("R4", "free floor, and room to turn", "1500 mm", "N"),
    machine("R5", "words can be read from a chair", "eye at 1015 mm", "N", "DL CFG", "sight"),
    machine("R6", "a guide with these measures is part of the product", "1 document", "N", "FS", "guide"),
    machine("R7", "reach mode puts all that is touched where a hand in a chair is at ease", "at most 1100 mm", "E", "DL CFG", "reach", "settings_height"),
    machine("R8", "reach mode begins within reach, lasts a visit and ends with it", "1 visit", "n", "EV DL", "reset_adjust", "furniture_in_reach"),
    machine("R9", "a panel that is taller than an arm is in reach mode always", "1220 mm", "E", "CFG", "settings_height"),
    person("R10", "a tilt is considered", "30 to 60 degrees", "E"),
    machine("R11", "nothing to touch near the bezel", "10 mm", "E", "DL", "bezel"),
    # ---- hands
    machine("T1", "size of controls (23.5 mm where six stand above each other on a panel of 194 mm)", "25 and 20 mm", "E", "DL", "target_size"),
    machine("T2", "least size of what answers a touch", "16 mm", "E", "DL", "target_floor"),
    machine("T3", "gap between controls", "6 and 15 mm", "E", "DL", "target_gaps"),
    machine("T4", "a control answers beyond its edge; a near miss finds it", "3 and 6 mm", "E", "DL EV", "hit_areas", "snap"),
    machine("T5", "a tap may be as short or as long as it likes", "30 ms to 10 s", "E", "EV", "any_duration"),
    machine("T6", "a trembling finger chooses what it is on; one may slide onto a control", "99 % at ±4 mm", "E", "EV", "tremor", "slide_in"),
    machine("T7", "double touches count once", "500/300/150 ms", "N", "EV", "double_tap", "new_screen", "bounce"),
    machine("T8", "a palm and a second finger do nothing, nor does leaning", "1 contact, 10 s", "E", "EV", "palm", "leaning", "multitouch"),
    machine("T9", "a press is seen at once, and its result soon", "100 ms, 1 s", "E", "EV SS", "press_seen", "soon"),
    machine("T10", "no hovering, no second tap, no edge, no hidden menu", "0", "E", "DL", "taps_only"),
    machine("T11", "before a visit ends the screen asks, and any touch goes on, as often as one likes", "90/180 + 30 s", "N", "EV", "idle_question",
            "idle_long", "idle_extended"),
    machine("T12", "the end of a visit erases all that it chose and typed", "0 left", "N", "EV DL FS", "reset_adjust", "reset_typed"),
    # ---- reading
    machine("D1", "body by CF17, headings larger, large text 1.4 times, never under 4.8 mm", "1.4", "E", "DL", "type_size", "headings", "large_grows"),
    machine("D2", "upright, medium or bolder, no shouting, short lines, room between them", "500, 55, 1.4", "E", "DL", "type_style"),
    machine("D3", "six choices, each with word and sign; the furniture never moves", "6, 2 px", "E", "DL", "choices", "same_place"),
    machine("D4", "an answer is three touches from home, home is one", "3", "E", "EV DL", "crawl_depth", "way_home"),
    machine("D5", "plain words", "LIX 35, 15 words", "E", "TXT", "words_lix", "words_sentences", "words_dates"),
    machine("D6", "home says weekday, date, time, place and what comes", "5", "E", "DL", "start_view", "weekday"),
    machine("D7", "nobody is blamed, nothing frightens, no mirror by day", "luminance 0.35", "E", "TXT SS", "words_blame", "picture_day"),
    machine("D8", "help is on every view", "1", "E", "DL", "way_home"),
    # ---- speech mode
    machine("SPK1", "a headset or a key begins speech, which tells how it works; taking it out ends the visit", "1 s", "N", "SP EV",
            "speech_begins", "speech_ends"),
    machine("SPK2", "all that is shown and needed is said", "100 %", "N", "SP DL", "everything_said", "speech_complete"),
    machine("SPK3", "reading aloud for all, but nothing private on the loudspeaker", "0", "E", "SP", "speech_aloud", "speech_private"),
    machine("SPK4", "three large zones: back, forward, choose", "100 mm", "E", "DL", "speech_zones"),
    machine("SPK5", "the rate can be set; digits are said in pairs", "0.6 to 2.0", "E", "SP", "speech_rate", "speech_digits"),
    machine("SPK6", "where there is no voice the screen says so in that language and offers another", "5 languages", "N", "SP DL", "speech_no_voice"),
    # ---- languages
    machine("LNG1", "Bokmål, Nynorsk and Northern Sami are whole", "3", "L", "TXT", "words_complete"),
    machine("LNG2", "the languages that interpreters are asked for most are there", "6", "E", "TXT", "words_asked_for"),
    left_out("LNG3", "which immigrants are 60 and older", "–", "E", "a statistic to choose languages by: nothing to measure"),
    left_out("LNG4", "which languages ageing groups need next", "–", "E", "a statistic to choose languages by: nothing to measure"),
    machine("LNG5", "twenty languages with every text; what is not translated is marked", "20, 100 %", "E", "TXT DL", "words_complete", "foreign_marked"),
    machine("LNG6", "languages by their own names in their own scripts, in one order, one touch away; the choice ends with the visit", "1 touch", "E",
            "DL EV", "languages_view", "languages_in_order", "reset_adjust"),
    machine("LNG7", "every letter of every text has its glyph", "0 missing", "E", "DL", "no_warnings", "every_glyph"),
    machine("LNG8", "each script has its font, and no ink is cut", "0", "E", "DL SS", "no_overlap", "picture_ink"),
    machine("LNG9", "right-to-left languages mirror the furniture; numbers, times and addresses keep their order", "0 turned", "E", "DL SS",
            "right_to_left", "picture_numbers"),
    machine("LNG10", "no text is cut at 60 % more length, nor in any language", "0", "E", "DL", "nothing_cut", "longer/nothing_cut", "longer/no_overlap"),
    # ---- codes
    machine("Q1", "size of a code", "80 mm", "E", "DL", "code_size"),
    machine("Q2", "four modules of white around it, in every theme", "4", "E", "DL SS", "code_quiet", "qr_quiet"),
    machine("Q3", "black on white", "15:1", "E", "DL SS", "code_quiet", "qr_quiet"),
    machine("Q4", "whole pixels a module, none smoothed", "6 px", "E", "DL SS", "code_modules", "qr_modules"),
    machine("Q5", "short addresses", "version 4", "E", "DL", "code_content"),
    machine("Q6", "two decoders read it, also small, blurred, turned, dim and as a photograph", "100 %", "E", "SS", "qr_plain", "qr_worse"),
    machine("Q7", "the address stands beside it, nothing personal is in it, and it stays", "120 s", "E", "DL EV", "code_words", "code_content", "idle_long"),
    machine("Q8", "without a camera: six digits in pairs, and a telephone", "6", "E", "DL WEB", "code_words", "page_guessing"),
    machine("PX1", "all lists on five panels, both ways up", "5 x 2", "E", "DL", "all_panels"),
    # ---- screen care
    machine("S1", "the idle picture moves, so that no edge burns in", "30 min", "E", "SS", "picture_shift"),
    machine("S2", "a touch wakes the screen at once", "2 s", "E", "EV", "wake"),
    machine("S3", "at night dim, warm and still; the touch that wakes presses nothing", "20 %, 7:1", "E", "SS EV", "picture_night", "wake_nothing"),
    machine("S4", "nothing calls for attention by day", "0 flashes", "E", "SS", "picture_flashes", "picture_still"),
    # ---- privacy
    machine("P1", "name and one contact way are asked for, nothing else", "3 fields", "L", "WEB DL", "page_fields", "only_known_roles"),
    machine("P2", "before sending: who, why, what, how long, who sees it, how to withdraw, where to complain", "7 parts, 80 words", "L", "TXT WEB",
            "words_privacy"),
    machine("P3", "consent is not given beforehand, and the telephone is another way", "off", "L", "WEB", "page_consent"),
    machine("P4", "withdrawing is as easy as signing up", "3 touches", "L", "WEB", "page_withdrawal"),
    machine("P5", "the screen keeps nothing readable of what was typed", "0 B", "L", "FS", "nothing_kept"),
    machine("P6", "nobody sees what another typed: no list, no memory, masked on the receipt", "0", "L", "DL EV", "masked", "reset_typed"),
    machine("P7", "no resident is named: the feed has no field for it", "0", "L", "TXT", "feed_fields"),
    person("P8", "sign-up binds nobody; the assessment of consequences is considered", "1 record", "L"),
    machine("P9", "no form asks for a police certificate", "0", "L", "WEB TXT", "page_certificate"),
    machine("P10", "no certificate can be handed in: nothing takes files from visitors", "0", "L", "WEB TXT", "page_certificate"),
    machine("P11", "no camera, no microphone, no listening for devices; counts only", "0", "L", "FS EV", "no_devices", "events_anonymous"),
]
