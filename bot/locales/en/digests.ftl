# Several alerts in one message
digest-head = { $number ->
    [one] This has happened since last time:
   *[other] This has happened since last time, { $number } things:
}
digest-area = **{ $area }**
digest-line = { $emoji } #{ $id } { $kind } · { $time }{ $has_text ->
    [yes] {": "}{ $text }
   *[no] {""}
}{ $state ->
    [resolved] {" · ✅ resolved"}
    [false] {" · ✖ was not so"}
    [duplicate] {" · the same as another report"}
    [withdrawn] {" · ↩ withdrawn"}
    [hidden] {" · removed by a moderator"}
    [expired] {" · ended by itself"}
   *[open] {""}
}{ $is_answered ->
    [yes] {" · "}{ $official }
   *[no] {""}
}
digest-notice = { $emoji } { $title } · { $time }{ $has_text ->
    [yes] {" · "}{ $text }
   *[no] {""}
}{ $state ->
    [recalled] {" · ↩ recalled"}
    [held] {" · ⏸ stopped"}
    [expired] {" · no longer holds"}
   *[sent] {""}
}
digest-more = and { $number } more
digest-empty = All that stood here is gone now.
digest-show = Show #{ $id }
digest-change = Change
digest-pause = Pause 7 days
digest-stop = Stop following
digest-shown-already = You have the card of #{ $id } above already.
privacy-held-alerts = { $number ->
    [one] • 1 report that waits to reach you, because you chose when
   *[other] • { $number } reports that wait to reach you, because you chose when
}
