# The card
card-head = { $emoji } **#{ $id } { $kind }** · { $area } · { $time }
card-call-112 = __Is it happening now? Call 112 first.__
card-text = { $text }
card-claim = __The claim:__ { $text }
card-update = ↳ { $byline }{ $code } { $time }: { $text }
card-foot = — { $byline }{ $seen ->
    [0] {""}
   *[other] {" · seen by "}{ $seen }
}{ $here ->
    [0] {""}
    [one] {" · 1 sees it too"}
   *[other] {" · "}{ $here } see it too
}{ $called ->
    [0] {""}
   *[other] {" · "}{ $is_over ->
        [yes] {""}
       *[no] {"☎️ "}
    }112 called { $called_at }{ $called ->
        [one] {""}
       *[other] {" ("}{ $called })
    }
}{ $handled ->
    [0] {""}
    [one] {" · 1 says it's done"}
   *[other] {" · "}{ $handled } say it's done
}
card-state = { $state ->
    [confirmed] ✔ Confirmed
    [resolved] ✅ Resolved { $time }
    [false] ✖ Turned out wrong ({ $time })
    [duplicate] The same as another report
    [withdrawn] ↩ Withdrawn { $time }
    [expired] Ended by itself { $time }
   *[hidden] Removed by a moderator { $time }
}
card-same-as = ↔ The same as #{ $id } · { $area } · { $time }{ $state ->
    [open] {""}
    [confirmed] {" · confirmed"}
    [resolved] {" · resolved "}{ $ended }
    [false] {" · turned out wrong"}
    [expired] {" · ended "}{ $ended }
   *[other] {""}
}
mark-seen = Seen
mark-here = I see it too
mark-called = 112 called
mark-handled = Done
mark-flag = Flag
mark-already-set = That is noted on #{ $id } already. One press is enough.
mark-own-report = #{ $id } is your own report, so it counts you already. Has something happened? Reply to the card.
mark-handled-ask-author = A neighbour says that #{ $id } is done. Is that right?

# News for everybody who got the card
news-resolved = Update of #{ $id }: it is resolved. Thanks to all of you who kept an eye out.
news-false = #{ $id } turned out to be wrong. Nothing to worry about.
news-withdrawn = #{ $id } was withdrawn by its author, so the card no longer counts. Do you see something yourself? Write a new report.
news-hidden = #{ $id } was removed by a moderator.
news-duplicate = #{ $id } is the same as #{ $root }. What happens with #{ $root } you will hear here.
news-apart = #{ $id } is not the same as #{ $root }. It stands by itself again.
news-moved = { $emoji } #{ $id } now concerns { $area }, which you follow. Read the card again.
news-raised = { $emoji } #{ $id } is more urgent now. Please read the card again.

# The author's receipt
report-reach = { $in_group ->
    [yes] { $group }{ $people ->
        [0] {""}
        [one] {" (1 person)"}
       *[other] {" ("}{ $people } people)
    }
   *[no] { $rooms ->
        [0] {""}
        [one] the groups in { $area }
       *[other] the groups in { $area }
    }
}{ $in_area ->
    [yes] { $others ->
        [none] {""}
        [more] {", "}
       *[last] {" and "}
    }{ $followers ->
        [0] those who follow { $area } (nobody at the moment)
        [one] 1 who follows { $area }
       *[other] { $followers } who follow { $area }
    }
   *[no] {""}
}{ $to_desks ->
    [several] {", "}{ $desks } and { $last_desk }
    [one] {" and "}{ $last_desk }
   *[none] {""}
}
report-receipt = { $priority ->
    [red] 🔴
    [yellow] 🟡
   *[green] 🟢
} #{ $id } is sent. It goes to { $reached }. You are shown as { $byline }.
report-receipt-state = Your report #{ $id } { $state ->
    [open] is open.
    [confirmed] was confirmed by others.
    [resolved] is resolved. Well done!
    [false] has ended: it turned out to be wrong.
    [duplicate] belongs with another report.
    [withdrawn] is withdrawn.
    [expired] has ended by itself. If it still goes on you can open it again.
   *[hidden] was removed by a moderator.
}
report-is-now = #{ $id } { $state ->
    [open] is open again.
    [confirmed] is confirmed.
    [resolved] is resolved.
    [false] has ended: it turned out to be wrong.
   *[withdrawn] is withdrawn.
}
report-erased-unanswered = Your red report is erased everywhere, because you did not answer yes. You are welcome to report again.
report-undo = Undo
report-undone = #{ $id } is removed everywhere, as if it had never been sent.
report-resolve = It's resolved
report-withdraw = Withdraw
report-reopen = Open again
report-change-kind = Change kind
report-change-place = Change place

# When something can't be done
report-too-long = That is { $length } characters and { $most } fit. Write what matters most: what, where, when.
report-needs-words = Write in a few words what is happening and where, so that everybody understands.
report-no-group = This room doesn't belong to a group yet, so I don't know who should get it. Write to me in private instead, and I'll help you.
report-kind-restricted = Only the police publish missing people and wanted vehicles. Call 112 if it is urgent, otherwise 114 14.
report-unknown = I can't find report #{ $id }. The number is at the top of the card.
delete-what = What do you want to delete? { $any_report ->
    [yes] A report you withdraw, and everybody who got it is told. All about you is erased with /forget.
   *[no] You have no open report. All about you is erased with /forget.
}
delete-report = Withdraw #{ $id }
report-which = Which report do you mean? Reply to its card, or write its number after the command.
report-is-over = #{ $id } has ended already. Is it happening again? Write a new report.
report-is-gone = The report is gone, so there is nothing more to do here.
report-may-not-mark = #{ $id } can't be changed any more. Is it happening again? Write a new report.
report-may-not-update = #{ $id } ended long ago. Has it happened again? Write a new report.
report-may-not-edit = Only the author of #{ $id } can change it. Do you know more? Reply to the card.
report-may-not-confirm = Confirming is for those with a verified role. Do you see it too? Press ➕ on the card.
report-may-not-resolve = Only the author of #{ $id }, or somebody with a verified role, can end it. Press ✅ on the card and I'll ask.
report-may-not-declare-false = A moderator or somebody with a verified role decides that. Press ⚑ on the card and they will look.
report-may-not-withdraw = Only the author of #{ $id } can withdraw it. Is it wrong? Press ⚑ on the card and a moderator will look.
report-may-not-hide = A moderator decides that. Press ⚑ on the card and they will look.
report-may-not-reopen = #{ $id } can't be opened again. Has it happened again? Write a new report.
report-may-not-change-priority = Only the author of #{ $id }, or somebody with a verified role, can change how urgent it is. Do you know more? Reply to the card.
report-may-not-move = Only the author of #{ $id }, or somebody with a verified role, can change where it is. Do you know better? Reply to the card.
report-not-reached = #{ $id } has not come to you, so I can't add anything there. Do you see something yourself? Write a new report.
report-edited = Done. #{ $id } is changed for everybody who got it.
update-added = Thank you! It's on card #{ $id } now.
move-ask = Where is it? #{ $id } is in { $area } now. Choose, write the name of the area or share your place.
move-done = Done. #{ $id } is in { $area } now. { $in_area ->
    [yes] Those who follow { $area } get the card, and those who have it see the change.
   *[no] Everybody who has the card sees the change.
}
move-same = #{ $id } is in { $area } already.
update-picture-alone = I can't put a picture on a card by itself. Write in a few words what you see, or make a new report with the picture.
update-picture-left = What you wrote is on card #{ $id } now, but I can't put the picture there. Make a new report with it if others need to see it.

report-may-not-link = Whether two reports are the same is for the author of #{ $id }, a moderator or somebody with a verified role to say. Do you see the same? Press ➕ on the card.
report-may-not-be-linked-to = #{ $id } ended long ago or was removed, so nothing new can belong with it.

# The same thing
duplicate-line = { $emoji } #{ $id } { $kind } · { $area } · { $time }
duplicate-ask = { $preview }

    { $number ->
        [one] Is it the same as this one?
       *[other] Is it the same as one of these?
    }
    { $others }
duplicate-yes = Yes, #{ $id }: I see it too
duplicate-no = No, mine is another. Send
duplicate-counted = Thank you. You are counted on #{ $id } now, and there you will hear what becomes of it. Nothing new was sent.{ $added ->
    [yes] {" "}What you wrote is on the card.
   *[no] {""}
}
duplicate-picture = A picture for #{ $id }.
duplicate-not-any-more = #{ $id } has ended or is gone since I asked. Look once more, and send yours if it is needed.
duplicate-link = Same as #{ $id }? Link
duplicate-linked = #{ $id } is the same as #{ $root } now. Everybody who got it is told.{ $raising ->
    [offered] {" "}#{ $id } was more urgent. Should #{ $root } be raised?
    [asked] {" "}#{ $id } was more urgent, so I ask the author of #{ $root } whether to raise it.
   *[no] {""}
}
duplicate-is = #{ $id } is the same as #{ $root }.
duplicate-offer = { $number ->
    [0] I see nothing like #{ $id }. Do you know which it is the same as? Write /duplicate { $id } and the other number.
    [one] #{ $id } may be the same as this one:
   *[other] #{ $id } may be the same as one of these:
}
    { $others }
duplicate-undo = Not the same
duplicate-undone = #{ $id } is no longer the same as #{ $root }. It is as it was.
duplicate-receipt = Your report #{ $id } is the same as #{ $root }. You are counted there, and you will hear what happens.
duplicate-raise = { $emoji } Raise #{ $id }
duplicate-ask-raise = Somebody has reported the same as your #{ $id }, as more urgent: { $emoji }. Should it be raised?
duplicate-which = Write which are the same, for example: /duplicate 7K3 7K1. The numbers are at the top of the cards.
duplicate-already = #{ $id } is the same as #{ $root } already. Write /duplicate { $id } if that is wrong.
duplicate-one-only = #{ $id } is one report. Write the number of the other one too, for example: /duplicate { $id } 7K1.
duplicate-itself = #{ $id } and #{ $other } are the same already.
duplicate-other-readers = #{ $id } and #{ $root } have different readers, so they can't belong together. Do both need to know? Write it on both cards.

# Flags
flag-thanks = Thank you. A moderator will look at #{ $id }.
flag-nobody = Thank you. I have noted the flag on #{ $id }, but there is no moderator here yet. Do you know that something is wrong? Reply to the card, so that everybody sees it.
flag-look = Somebody has flagged #{ $id } in { $area }:

    { $text }
flag-hide = Hide
flag-leave = Leave it
flag-hidden = #{ $id } is hidden from everybody.
flag-left = #{ $id } stays.

# The form
form-priority = How urgent is it?
form-kind = What is it about?
till-kind = What is happening? One more tap, and it goes out as red to { $group }.

    __Is it happening now? Call 112 first.__
till-words = In my own words
form-kind-more = More
form-kind-none = Something else
form-place = Where is it happening? Choose, write the name of the area or share your place.{ $red_waits ->
    [yes] {" "}Your red report waits for it. Call 112 if it is happening now.
   *[no] {""}
}
form-area = { $name }
form-text = { $photos ->
    [0] Write what is happening. You can add a picture.
   *[other] I have the picture. Write what is happening.
}
form-text-none = Send without more text
form-audience = Who should see it?
form-audience-area = Everybody in { $area }
form-audience-group = Only { $group }
form-preview = This is how others see it:

    { $card }{ $photos ->
        [0] {""}
        [one] {" · 1 picture"}
       *[other] {" · "}{ $photos } pictures
    }

    It goes to { $reached }. You are shown as { $byline }.{ $may_add ->
        [yes] {" "}Write more about it here if you like, or send it as it is.
       *[no] {""}
    }
form-send = Send
form-change-text = Change text
form-change-kind = Change kind
form-change-place = Change place
form-cancel = Cancel
form-cancelled = Cancelled. Nothing was sent.
form-changed = Something has changed since you began. Look once more at who will see it, and then send.
form-never-sent = This report was never sent, and I have forgotten what you wrote. Write /red and what is happening if it still holds.
form-sent = Sent. The receipt comes below.

relay-by = **{ $byline }**{ $forwarded ->
    [named] {" "}(forwarded from { $origin }, not verified)
    [unnamed] {" "}(forwarded, not verified)
   *[no] {""}
}{ $late ->
    [yes] {" "}(written { $written })
   *[no] {""}
}
relay-line = { $by }: { $text }{ $extra ->
    [poll] (Vote in the room where it was asked.)
    [unknown] Something Grannbro can’t show. It is in the room where it was posted.
   *[none] {""}
}{ $where ->
    [area] 📍 { $place }
    [outside] 📍 A place outside the area
   *[none] {""}
}{ $edited ->
    [yes] {" (edited)"}
   *[no] {""}
}
outbox-possible-repeat = (This may be a repeat. If so, this is the one that counts.)
outbox-unshown = { $why ->
    [too_large] too large to be shown here, at most { $most } MB gets through.
    [unwanted] I may not send such files in this room.
   *[gone] I do not have that file any more.
}
outbox-tombstone = [erased]
