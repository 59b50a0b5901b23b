# How somebody wants to be alerted, in one sentence
summary = You get { $rest }.
summary-paused = Nothing comes before { $until }, not even red, and then you get { $rest }.
summary-none = You follow nothing yet.
summary-none-but = You follow nothing yet, but this is chosen: { $wishes }.
summary-until = nothing at all before { $until }
summary-gets = { $what } { $places }
summary-what = { $always ->
    [yes] {"always "}
   *[no] {""}
}{ $at_least ->
    [red] red
    [yellow] red and yellow
   *[green] everything
}{ $any_kinds ->
    [yes] {" about "}{ $kinds }
   *[no] {""}
}
summary-from = from { $places }
summary-within = within { $places }
summary-quiet = silent { $hours }{ $red ->
    [breaks] {" except for red"}
    [held] {" even for red"}
   *[told] {""}
}
summary-quiet-days = silent { $red ->
    [breaks] {"except for red "}
    [held] {"even for red "}
   *[told] {""}
}{ $hours }
summary-digest = all but red in one summary { $days } at { $at }
summary-limit = at most { $most } an hour besides red
summary-also-in-private = also what your groups already show
clauses-last = { $first }, and { $last }
more-followed = more from { $number ->
    [one] one other place
   *[other] { $number } other places
}
more-places = { $number ->
    [one] one other place
   *[other] { $number } other places
}
more-kinds = { $number } other kinds
followed-area = { $name }
followed-whole_area = all { $name }
followed-group = the group { $name }
followed-circle = { $radius } { $unit } of your place{ $is_in ->
    [yes] {" in "}{ $name }
   *[no] {""}
}

quiet-piece = { $hours }
quiet-piece-on = { $hours } { $days }
quiet-from-to = { $begins }–{ $ends }
quiet-all-day = all day
quiet-a-day-from = for a day from { $at }
days-every = every day
days-workdays = on weekdays
days-weekend = at weekends
days-run = { $first }–{ $last }
days-some = on { $days }
weekday-short = { $day ->
    [monday] Mon
    [tuesday] Tue
    [wednesday] Wed
    [thursday] Thu
    [friday] Fri
    [saturday] Sat
   *[sunday] Sun
}
weekday-plural = { $day ->
    [monday] Mondays
    [tuesday] Tuesdays
    [wednesday] Wednesdays
    [thursday] Thursdays
    [friday] Fridays
    [saturday] Saturdays
   *[sunday] Sundays
}

about-theft_ring = theft rings
about-theft = thefts
about-burglary = burglaries
about-vandalism = vandalism
about-graffiti = graffiti
about-violence = violence
about-threat = threats
about-suspicious = suspicious events
about-fire = fires
about-traffic = traffic
about-missing_person = missing persons
about-wanted_vehicle = wanted vehicles
about-safety_environment = outdoor surroundings
about-lost_found = lost property
about-information = what is good to know

# Questions about when, and answers
alerts-changed = Done. { $summary }
alerts-left = Then it stays as it is. { $summary }
alerts-leave = Leave it as it is
quiet-ask = { $summary }

    When shall it be silent? Press, or write for example “from 22 to 7” or “weekdays 22–6, weekends 23–9”.
quiet-unclear = I'm not quite sure which times you mean. Write for example “from 22 to 7” or “fri–sun 23–9”, or press here.

    { $summary }
quiet-which = Do you mean from the evening or from the morning? From the morning it is silent nearly all day and night.
quiet-always = Then it would be silent day and night, all week. Would you like a pause instead? A pause ends by itself.
quiet-night = 22–07 every night
quiet-week = Weekdays 22–06, weekends 23–09
quiet-red-yes = Let red come all the same
quiet-red-no = Hold red back too
quiet-off = No quiet hours
quiet-change = Change quiet hours
digest-ask = { $summary }

    Would you like all but red in one message? Press, or write for example “every day at 18” or “Fridays 17”.
digest-unclear = I'm not quite sure when you want it. Write for example “every day at 18” or “Fridays 17”, or press here.

    { $summary }
digest-daily = Every day 18:00
digest-weekly = Sundays 18:00
digest-off = No summary
digest-times-change = Change summary
digest-is-silent = The summary falls into your quiet hours, so it comes without a sound.
limit-ask = How many alerts an hour would you like at most? Red does not count. The rest comes together.
limit-unclear = Write a number from 1 to 60, or press here. The rest comes together, and red does not count.
limit-3 = 3 an hour
limit-6 = 6 an hour
limit-off = No limit
limit-change = Most an hour
limit-rest-comes-later = If there are more, the rest comes together a little later.
rooms-yes = Also what my groups show
rooms-no = Not what my groups show
pause-ask = { $summary }

    How long would you like to pause? Then nothing comes, not even red. Press, or write for example “three days” or “until Friday”.
pause-ask-until = Until when? Write a day or a date, for example “until Friday” or “24/12”.
pause-unclear = I'm not quite sure how long, a year at most. Write for example “7 days”, “until Friday” or “24/12”, or press here.

    { $summary }
pause-holds-red = The pause holds everything back, red too. What still matters then comes together afterwards. Somebody in danger? Call 112.
pause-1 = 1 day
pause-7 = 7 days
pause-until = Until …
pause-monday = Until Monday
pause-off = End the pause
