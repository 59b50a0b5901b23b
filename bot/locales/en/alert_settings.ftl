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
