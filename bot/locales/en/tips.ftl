# Tips to an organisation
tip-ask-organisation = Whom do you want to tip off? Only those you choose can read it. Is it happening now? Call 112 first.
tip-to = { $organisation }
tip-ask-text = What do you want to tell { $organisation }? Write what you saw, when and where. You can send pictures, too; I take the place out of them.{ $photos ->
    [0] {""}
    [one] {" "}One picture is with it. Write something to it.
   *[other] {" "}{ $photos } pictures are with it. Write something to them.
}
tip-ask-place = Where did it happen? Choose, write an area or share your place. I keep the area, not the point.
tip-place-none = Leave out the place
tip-place-unknown = I find no area called “{ $name }”. Write another, share your place or leave it out.
tip-ask-who = Shall { $organisation } know who you are? If you stay anonymous they can still answer you here.
tip-anonymous = Stay anonymous
tip-as-named = Show my name: { $name }
tip-before = This is how they see it:
tip-group = { $removed ->
    [yes] I took your message out of { $group }, so that only { $organisation } gets it. Do you want to send it as a tip?
   *[no] I may not remove messages in { $group }, so yours still stands there. Remove it yourself if you can. Do you want to send it as a tip to { $organisation }?
}
tip-group-no = No
tip-group-nobody = { $removed ->
    [yes] I took your message out of { $group }, for tips are not for everybody.
   *[no] I may not remove messages in { $group }, so yours still stands there. Remove it yourself if you can.
} Nobody takes tips here yet. Call the police on 114 14, or 112 if it is happening now.
tip-group-words = This is what you wrote:
    { $text }
tip-group-kept = I tried to take your message out of { $group } and was not allowed to. It still stands there. Remove it yourself if you can, or ask whoever administers the room.
tip-group-stays = Somebody has written a tip in { $group }, and I may not remove it. It is a message that begins with /tip. Remove it there, and give me the right to remove messages.
tip-preview = { $why }

    Tip to { $organisation }{ $has_area ->
        [yes] {" "}· { $area }
       *[no] {""}
    }
    { $text }
    { $sender }{ $photos ->
        [0] {""}
        [one] {" "}One picture is with it.
       *[other] {" "}{ $photos } pictures are with it.
    }

    Only those who work for { $organisation } see it: not the group, not coordinators and not moderators. { $readers } At an authority a tip can become a public record. My own copy is erased { $days } days after the matter is closed, or when you take it back.
tip-readers = { $platform ->
    [telegram] Telegram itself can read what is written in Telegram.
    [web] Whoever runs the web chat can read what is written there.
   *[matrix] In Matrix the server can read it if the room is not encrypted.
}
tip-send = Send to { $organisation }
tip-change-text = Change the text
tip-change-place = Change the place
tip-change-organisation = To somebody else
tip-sent = Thank you. Your tip { $id } is on its way to { $organisation }.
tip-received = Thank you, { $organisation } has your tip ({ $id }). Only they can read it{ $is_named ->
    [yes] {", "}and they see your name.
   *[no] {", "}and they don't know who you are.
} If they answer, it comes here. At an authority a tip can become a public record.
tip-not-arrived = Your tip { $id } does not get through to { $organisation } just now: I can't reach their room. Call the police on 114 14 if it can't wait, or 112 if it is happening now. If I reach them later I say so here.
tip-add = Add something
tip-reply = Answer
tip-take-back = Take it back
tip-ask-line = Write or send a picture now, and { $organisation } gets it with { $id }.
tip-added = { $is_read ->
    [yes] Your answer to { $id } is on its way to { $organisation }.
   *[no] I can't reach { $organisation } just now. What you wrote to { $id } is kept and gets there when I can. Call 114 14 to the police if it can't wait, or 112 if it is happening now.
}
tip-line-lost = What you added to { $id } does not get to { $organisation } just now: I can't reach their room. Call 114 14 to the police if it can't wait, or 112 if it is happening now. I try again every hour.
tip-back-sure = Shall I take { $id } back? I erase it here and in their room. What they have read or copied already I can't take back.
tip-back-yes = Yes, take it back
tip-back-no = No, keep it
tip-back-kept = { $id } stays.
tip-back-done = { $id } is taken back and erased.
tip-never-sent = What you began to write was not sent, and I have erased it. Write /tip if you want to start again.
tip-answer = { $organisation } answers your tip { $id }:
    { $text }{ $photos ->
        [0] {""}
        [one] {" "}(one picture)
       *[other] {" "}({ $photos } pictures)
    }
tip-closed = { $organisation } has closed your tip { $id }. Thank you for writing. My copy is erased in { $days } days. Do you know more? Answer here.
tip-unknown-organisation = I find nobody called “{ $name }”. Write /tip and I show who takes tips.
tip-no-desk = { $organisation } has no room here yet, so nobody would read your tip. { $has_phone ->
    [yes] Call them on { $phone }
   *[no] Call the police on 114 14
}, or write /tip and I show who takes tips.
tip-nobody = Nobody takes tips here yet. Call the police on 114 14, or 112 if it is happening now.
tip-too-long = Your tip has { $length } characters. Write at most { $most } and add the rest once it is sent.
tip-needs-words = Write in a few words what you want to tell.
tip-too-many-photos = Send at most { $most } pictures at a time. You can add more once the tip is sent.
tip-flood = You have sent { $most } tips within an hour, and somebody has to read them. Add what is new to one of them, or wait a while. Is it happening now? Call 112.
tip-lines-flood = You have written { $most } answers within an hour. Wait a while before the next. Is it happening now? Call 112.
tip-gone = { $id } is no longer with me. Write /tip if you want to send a new one.

# The organisation's room
tip-card-about = About #{ $report }.
tip-card-head = 🔒 **Tip { $id }** · { $organisation }{ $has_area ->
    [yes] {" "}· { $area }
   *[no] {""}
} · { $time }
tip-card-text = { $text }
tip-card-from = { $is_named ->
    [yes] From { $name }, who wants to be known.
   *[no] From somebody who wants to stay anonymous.
}
tip-card-line = { $by_desk ->
    [yes] You
   *[no] Answer
} { $time }: { $text }{ $photos ->
    [0] {""}
    [one] {" "}(one picture)
   *[other] {" "}({ $photos } pictures)
}
tip-card-offered = Asked whether it may be handed over to { $to }.
tip-card-foot = { $is_open ->
    [yes] Reply to the card, and whoever sent it gets your answer.
   *[no] Closed { $time }.
}
tip-line = { $by_desk ->
    [yes] Your answer to { $id }:
   *[no] New for { $id }:
} { $text }{ $photos ->
    [0] {""}
    [one] {" "}(one picture)
   *[other] {" "}({ $photos } pictures)
}
tip-card-closed = The words { $photos ->
    [0] {""}
    [one] and a picture{" "}
   *[other] and { $photos } pictures{" "}
}are shown here when a colleague has pressed Read and shown who they are. That holds for twelve hours.{ $lines ->
    [0] {""}
    [one] {" "}One more line belongs to it.
   *[other] {" "}{ $lines } more lines belong to it.
}
tip-line-closed = New on { $id }. Press Read on the card to see it.
tip-desk-read = Read
tip-opened = { $id } is open.
tip-answer-waits = Your answer about { $id } was not sent. Answer the code, then write it again as a reply to the card.
tip-desk-ask = Ask more
tip-desk-close = Close
tip-desk-hand = Hand over
tip-ask-more = What do you want to ask about { $id }? To write it yourself, reply to the card.
tip-asked = Asked about { $id }: { $question }
tip-question-when = When did it happen, and how long did it go on?
tip-question-where = Where did it happen, as near as you can say?
tip-question-who = What did they look like, and which way did they go?
tip-question-vehicle = Was there a vehicle, and what did it look like?
tip-question-still = Is it still going on, or has it happened again?
tip-question-reach = May we call you? If so, write a number here.
tip-hand-to = To whom shall { $id } be handed over? Whoever sent it decides.
tip-hand-nobody = Nobody else takes tips here, so { $id } stays with you.
tip-hand-asked = I have asked whether { $id } may be handed over to { $to }. The answer comes here.
tip-hand-ask = { $organisation } thinks that { $to } can help better with your tip { $id }. May they take it over? Then { $organisation } sees it no longer.
tip-hand-yes = Yes, give it to { $to }
tip-hand-no = No, leave it
tip-hand-kept = { $id } stays with { $organisation }.
tip-hand-done = { $id } is with { $organisation } now.
tip-hand-over = That question holds no longer. The latest about { $id } stands further down.
tip-hand-refused = { $id } stays with you: whoever sent it does not want to hand it over.
tip-handed = { $id } is handed over to { $to }.
tip-stays-at-desk = What you replied stays in this room: it may belong to a tip. To answer whoever sent the tip, reply to its card. If it is for the group, write it without replying to anything.
tip-not-reached = Whoever sent { $id } can't be reached just now. Your answer arrives when they write to me again.

report-may-not-read-tip = { $id } is for those who are verified for { $organisation }. Are you? Write /verify.
report-may-not-answer-tip = Only those who are verified for { $organisation } answer { $id }. Are you? Write /verify. Your answer was not sent.
report-may-not-close-tip = Only those who are verified for { $organisation } close { $id }, while it is open. Are you? Write /verify.
report-may-not-hand-over-tip = Only those who are verified for { $organisation } hand { $id } over, while it is open. Are you? Write /verify.

privacy-tips = • { $number ->
    [0] No tips
    [one] One tip
   *[other] { $number } tips
} that you have sent{ $answers ->
    [0] {""}
    [one] {" "}and one answer that you have given to others'
   *[other] {" "}and { $answers } answers that you have given to others'
}, so that whoever you wrote to can answer. They are erased { $days } days after they were closed; untouched for { $open_days } days they close
forget-tips = { $number ->
    [one] Your tip is removed
   *[other] Your { $number } tips are removed
} also from those who got it. If an authority has copied it already, its own rules hold.
