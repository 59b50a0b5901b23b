# Notices of organisations and coordinators.
notice-title = Notice
notice-head = { $emoji } **{ $title }** · { $area } · { $time }
notice-text = { $text }
notice-corrected = ✏️ Corrected { $time }.
notice-until = Holds until { $time }.
notice-ended = { $state ->
    [recalled] ↩ Recalled { $time }. What stood here does not hold.
    [cancelled] Cancelled { $time }.
   *[expired] Held until { $time }.
}
notice-foot = — { $is_former ->
    [yes] formerly { $organisation }
   *[no] { $organisation } ✔ verified
}{ $has_link ->
    [yes] {" · "}{ $link }
   *[no] {""}
}{ $has_id ->
    [yes] {" · "}{ $id }
   *[no] {""}
}
notice-stopped = ⏸ Stopped. Whoever wrote it no longer holds the role, and the organisation is looking into it.
notice-by-coordinators = The safety coordinators
notice-news = { $state ->
    [held] { $id } is stopped. Whoever wrote it no longer holds the role. Wait until the organisation has said more.
    [recalled] { $id } is recalled. What stood there does not hold.
   *[sent] { $id } is corrected. Please read it again.
}

# Writing one
notice-ask-where = Who shall get it? { $any_chosen ->
    [yes] So far: { $chosen }.{" "}
   *[no] {""}
}Press, or write areas and groups with commas between.
notice-place = { $on ->
    [yes] ✓ { $name }
   *[no] { $name }
}
notice-places-done = Done
notice-place-unknown = I find no area and no group called "{ $name }" that you can reach. Write /areas and I show which areas there are, or write /notice and choose with the buttons.
notice-outside = { $area } lies outside of what you can send to. Choose an area that your organisation looks after, or ask the safety coordinator.
notice-no-speaker = No organisation that you are verified for looks after all of these places. Take one of them out, or send two notices.
notice-ask-words = { $language ->
    [sv] What shall it say in Swedish? Write it now.
    [en] What shall it say in English? Write it now.
   *[any] What do you want to tell? Write it now. Several languages at once: begin each text with sv: or en: on a line of its own.
}
notice-ask-when = When shall it go out? For example tomorrow 08:00, friday 17 or 23/12 at 9. It is { $time } now.
notice-ask-until = How long does it hold? For example 18:00, friday or 23/12. It stands on the card, and whoever has not got it by then is spared.
notice-ask-picture = Send a picture, and it comes along. Place and camera are taken out of it.
notice-only-pictures = Here you can send a picture, or choose with the buttons. To change the text, press its language.
notice-time-unclear = I don't understand the time "{ $said }", or it has passed. Write for example tomorrow 08:00 or 23/12 at 9.
notice-now = Now
notice-morning = Tomorrow 08:00
notice-no-end = Until further notice
notice-no-picture = No picture
notice-back = Back
notice-form-cancel = Cancel
notice-noted = Thank you, noted.
notice-form-cancelled = Cancelled. Nothing was sent.
notice-form-changed = The areas, the groups or your role have changed since you began. Please look through it again below.

# Preview
notice-preview = { $number ->
    [one] This is how it looks:
   *[other] This is how it looks in each language. Everybody gets their own.
}
notice-preview-card = {""}
    { $language ->
    [sv] __In Swedish__
    [en] __In English__
   *[other] __In another language__
}
    { $card }
notice-reach = It goes to { $rooms ->
    [0] no rooms
    [one] 1 room
   *[other] { $rooms } rooms
}{ $members ->
    [0] {""}
    [one] {" ("}1 person)
   *[other] {" ("}{ $members } people)
} and to { $followers ->
    [one] 1 follower
   *[other] { $followers } followers
}.{ $any_platform ->
    [yes] {" "}{ $platforms }.
   *[no] {""}
}
notice-on-platform = { $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] The web
}: { $rooms } { $rooms ->
    [one] room
   *[other] rooms
}{ $parted ->
    [yes] , where the text goes on in a message below the picture
   *[no] {""}
}
notice-goes-out = It goes out { $time }.
notice-send = Send
notice-schedule = Keep for its time
notice-text-in = { $language ->
    [sv] { $on ->
        [yes] Change Swedish
       *[no] In Swedish
    }
    [en] { $on ->
        [yes] Change English
       *[no] In English
    }
   *[other] { $on ->
        [yes] Change { $language }
       *[no] In { $language }
    }
}
notice-priority = Make it { $emoji }
notice-where = Places
notice-picture = Picture
notice-when = Time
notice-until-button = Holds until
notice-speak-as = As { $name }

# Once it is sent
notice-sent = { $id } is on its way. Below you see how far it has come.
notice-kept = Kept.
notice-scheduled = { $id } goes out { $time }. You find it with /notices.
notice-missed = { $id } did not go out. { $why ->
    [over] The time for which it held was over already.
    [gone] None of the groups is there any more.
   *[role] The role in which it was to be sent no longer holds there, or a group has been locked.
} Write /notice if it is needed all the same.
notice-progress = { $state ->
    [held] { $id } is stopped
    [sending] { $id } is on its way
    [changing] { $id } is being changed everywhere
    [recalling] { $id } is being taken back everywhere
    [recalled] { $id } is recalled
   *[done] { $id } is out
}: { $rooms } of { $all_rooms } rooms, { $people } of { $all_people } people.
notice-progress-changes = { $left ->
    [0] All other copies are changed.
    [one] 1 copy left to change.
   *[other] { $left } copies left to change.
}{ $failed ->
    [0] {""}
    [one] {" "}1 could not be changed.
   *[other] {" "}{ $failed } could not be changed.
}
notice-progress-later = { $number ->
    [one] 1 gets it later
   *[other] { $number } get it later
}: quiet hours, a pause or a summary.
notice-progress-lost = { $number ->
    [one] 1 was not reached: stopped the bot, left or no longer follows.
   *[other] { $number } were not reached: they have stopped the bot, left or no longer follow.
}
notice-progress-spared = { $number ->
    [one] 1 has not got it, and won't.
   *[other] { $number } have not got it, and won't.
}
notice-progress-refused = { $number ->
    [one] 1 was not reached
   *[other] { $number } were not reached
}: the platform did not take it.
notice-progress-rooms = { $number ->
    [one] 1 room was not reached:
   *[other] { $number } rooms were not reached:
}
notice-progress-refusal = • { $room } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] the web
}): { $reason }
notice-held = { $id } is stopped, because whoever wrote it no longer speaks for { $organisation }. It has reached { $rooms } of { $all_rooms } rooms and { $people } of { $all_people } people, where it now says "formerly { $organisation }". This is what it says:
    { $text }
    What shall become of it?
notice-go-on = Send the rest without a badge
notice-sent-on = { $id } goes out to the rest, without a badge.
notice-held-recalled = { $id } is recalled.
notice-held-over = { $id } no longer holds, so the rest is not sent.
notice-not-held = What becomes of { $id } is decided already. Write /notices to see how it went.
notice-correct = Correct { $id }
notice-recall = Recall { $id }
notice-cancel = Cancel { $id }

# Correcting and recalling
notice-which = Which notice? Write its number, for example /correct N-12 and the right text. Your latest are under /notices.
notice-unknown = I find no notice { $id }. Your latest are under /notices.
notice-is-over = { $id } is recalled already. Write /notice to send a new one.
notice-ask-correction = How shall { $id } read? Write the whole text. Now it says: { $text }
notice-corrected-receipt = { $id } is corrected. { $state ->
    [scheduled] It goes out with the new text.
   *[sent] All who have got it see the new text.
}{ $lacks ->
    [none] {""}
    [sv] {" "}The Swedish text is gone until you write it, too.
    [en] {" "}The English text is gone until you write it, too.
   *[other] {" "}One language is gone until you write it, too.
}
notice-ask-recall = { $state ->
    [scheduled] Shall { $id } be cancelled?
   *[sent] Shall { $id } be recalled? The text disappears for all who have got it, and that can't be undone.
}
notice-recall-yes = Yes
notice-recall-no = No
notice-left-alone = Then I leave it as it is.
notice-recalled-receipt = { $state ->
    [cancelled] { $id } is cancelled. Nobody has got it.
   *[recalled] { $id } is recalled. All who have got it see that it does not hold.
}
notice-needs-words = Write in words how it should read. To take it back, write /recall.
notice-over-before = It would be over before it goes out. Change the time, or how long it holds.
notices-head = Your latest notices:
notices-line = { $emoji } { $id } · { $place } · { $state ->
    [scheduled] goes out { $time }
    [held] stopped
    [cancelled] cancelled
    [recalled] recalled
    [expired] { $time }, no longer holds
   *[sent] { $time }, { $rooms ->
        [one] 1 room
       *[other] { $rooms } rooms
    } and { $people ->
        [one] 1 person
       *[other] { $people } people
    }
}{ $has_text ->
    [yes] {" · "}{ $text }
   *[no] {""}
}
notices-none = You have not sent any notice yet.
notices-new = Write a notice
report-may-not-announce = Notices to areas are sent by verified organisations and safety coordinators. To tell your neighbours something, write /green and what it is.
report-may-not-correct-notice = { $id } can be corrected by the organisation that sent it and by safety coordinators. If you have seen a mistake, tell them.
report-may-not-recall-notice = { $id } can be recalled by the organisation that sent it and by safety coordinators. If you have seen a mistake, tell them.
privacy-notices = • { $number ->
    [one] 1 notice that you have sent
   *[other] { $number } notices that you have sent
} in your office: to be able to correct and recall them. Erased { $days } days after they went out.
forget-notices = Notices that you have sent in your office stay, but without a link to you. Those that wait for their time are cancelled.
