# Codes on what authorities write
check-button = Is this genuine?
card-code = Genuine? Write /check { $code }
card-code-short = {" "}(/check { $code })

# /check
check-genuine = Yes, the code { $code } is genuine. **{ $organisation }** ({ $role ->
    [police] police
    [municipality] municipality
    [fire_service] fire service
    [guard] guard
    [landlord] landlord
   *[volunteer] volunteer
}) { $kind ->
    [report] reported it
    [update] wrote it on the card #{ $id }
    [answer] answered #{ $id }
   *[notice] told everybody
} { $time } in { $area }. { $standing ->
    [stands] It still holds.
    [corrected] It was changed { $changed }, so read the card again.
    [over] It is over.
    [held] It is stopped and being looked into, so wait until { $organisation } has said more.
    [recalled] It was recalled and holds no longer.
   *[gone] Its text has been erased since.
}
check-text = It begins like this: “{ $text }” If what you got says anything else, it was changed on the way.
check-text-closed = I show its text only to those it went to.
check-vouched-configured = Those who run Grannbro here vouch for the sender. That holds until they change it.{ $is_proved ->
    [yes] {" "}The address there was last shown { $proved }.
   *[no] {""}
}
check-vouched-granted = The role was checked, and given { $granted }.{ $lasts ->
    [yes] {" "}It holds until { $until }.
    [over] {" "}It held until { $until }, so the person no longer writes for them.
   *[no] {""}
}{ $by ->
    [colleague] {" "}A colleague at { $organisation } who was verified already approved it.
    [coordinators] {" "}Two coordinators approved it.
   *[unknown] {""}
}{ $is_proved ->
    [yes] {" "}The address there was last shown { $proved }.
   *[no] {""}
}
check-vouched-ended = The sender was checked when it was written, but has that role no longer.
check-vouched-source = It comes from their own source, which those who run Grannbro here have connected.
check-author = Written by { $name }.
check-author-hidden = The person's name is not shown.
check-unknown = There is no code { $code } here, so I can't say that it is genuine. Don't trust it. Call 112 if it is urgent, otherwise 114 14 for the police.
check-neighbour = #{ $id } was written by a neighbour, not by an authority.
check-line = Yes, the line is genuine. **{ $organisation }** ({ $role ->
    [police] police
    [municipality] municipality
    [fire_service] fire service
    [guard] guards
    [landlord] landlord
   *[volunteer] volunteers
}) wrote it { $time } in { $group }. I don't keep the words. Trust the line where it stands, not a picture or a copy of it.
check-line-unmarked = { $number ->
    [one] That line is not verified: it was written by somebody in the group
   *[other] Those lines are not verified: they were written by people in the group
}, not for an authority.
check-line-unknown = I don't know for whom that line spoke: it is too old, or has stayed where it was written. Don't trust it for its badge. Ask whoever wrote it, or call the police on 114 14.
check-differs = The code { $code } is genuine, but the words are not those that **{ $organisation }** wrote. Don't trust what you got.
check-added = Take care: what you got holds a link, a number or an address that did not stand there at first. Do not click, call or pay by it.
check-unseen = There is a code { $code }, but I do not see all of what you answered. Compare the words with those below, or forward it to me in private.
check-no-code = What you sent is not verified: there is no code from an authority in it. Genuine cards end with a code, such as /check K7F3. Is it a line from a group? Answer it there with /check.
check-no-such = That is no code. It stands on the card, such as /check K7F3. If there is no code, it is not verified.
check-unknown-report = There is no report #{ $code } here, so I can't say that it is genuine. Don't trust what you got. Call 112 if it is urgent, otherwise 114 14 for the police.
check-how = Write the code that stands on the card, for example /check K7F3. You can also answer the card with /check, or forward it to me. A line from another chat you answer with /check, too.

# Official answers
card-official = **{ $byline }**: **{ $verdict ->
    [true] It is true.
    [false] It is not true.
    [partly] It is partly true.
   *[unknown] It is not known whether it is true.
}** { $text } · { $time }{ $told ->
    [0] {""}
   *[other] {" · "}the answer has gone to { $told } of { $saw } rooms and people that got the claim
} · /check { $code }
official-news = #{ $id }, answer from **{ $byline }**: **{ $verdict ->
    [true] It is true.
    [false] It is not true.
    [partly] It is partly true.
   *[unknown] It is not known whether it is true.
}** { $text } · /check { $code }
official-news-replaced = The answer about #{ $id } has changed. Read the new one below, or the card.
official-which = How is it with #{ $id }? Your answer goes to all who got it.
official-verdict-true = It is true
official-verdict-false = It is not true
official-verdict-partly = Partly
official-verdict-unknown = Not known yet
official-text = Write what is right about #{ $id }, in short. Don't repeat what is wrong.
official-preview = This is how they read it:

    { $card }

    It goes to { $saw ->
        [0] the card, which nobody has got yet
        [one] the one who has got #{ $id }
       *[other] the { $saw } who have got #{ $id }
    }.
official-send = Send the answer
official-change-verdict = Change verdict
official-change-text = Change text
official-sent = The answer stands on #{ $id } and goes to { $saw ->
    [0] those who get the card
    [one] the one who has got it
   *[other] the { $saw } who have got it
}. Change it with /official { $id }.
official-changed = The answer about #{ $id } is changed on the card{ $is_told ->
    [yes] , and all who have got it are told.
   *[no] {" "}and with all who have got it.
}
official-end-as-false = End #{ $id } as false
official-cancelled = Cancelled. No answer was sent.
report-may-not-answer-officially = Official answers come from those with a verified role where #{ $id } is. Do you know more? Answer the card.
kind-claim = Claim
digest-official = { $organisation }: { $verdict ->
    [true] it is true
    [false] it is not true
    [partly] it is partly true
   *[unknown] not known yet
}

# Appeals and witnesses
appeal-not-yours = Only the police look for people and vehicles and ask for witnesses. Call 112 if it is urgent, otherwise 114 14.
appeal-text-missing_person = Describe the person: age, height, clothes, when and where they were last seen. No personal number. You can add a picture.
appeal-text-wanted_vehicle = Describe the vehicle: make, colour, when and where it was last seen, and what whoever sees it should do. You can add a picture.
appeal-text-witnesses = Write what has happened, when and where, and what you want to know. Nothing that points at anybody.
appeal-end = When shall it end? Text and pictures are erased then, with all who got them. It ends earlier if you press It is resolved.
appeal-hours = { $hours ->
    [6] 6 hours
    [24] One day
    [72] 3 days
   *[168] One week
}
appeal-change-end = Change end
card-ends = Holds until { $time }. Do you know something? Press the button, and you reach { $organisation } alone.
card-emptied = Text and pictures are erased.
appeal-tip = I know something
appeal-not-linked = #{ $id } is an appeal and ends by itself, so it can't be the same as another.

# Names like an authority's
impostor-seen = Somebody in { $group } has a name that could be taken for an authority or for me. I show them as { $byline }. Look at the list of members, and ask kindly if it is wrong.

# My data
privacy-official = • { $number ->
    [one] That you have written once for an organisation
   *[other] That you have written { $number } times for an organisation
}, so that everybody can check that it is genuine, for { $days } days
