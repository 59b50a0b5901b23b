# Groups and rooms
group-not-in-private = Write that in the room it is about, not here.
group-needs-administrator = Only somebody who administers this room can do that. Ask one of them to write it here.
group-none-here = This room doesn't belong to a group yet. Whoever administers the room can write /group new to start one, or /link with a code from a group that exists.
group-described = **{ $group }** · { $area }

    { $purpose }

    { $access ->
        [locked] What is written here stays in the group.
       *[open] Reports from here also reach those who follow { $area }.
    } { $rooms ->
        [one] The group has one room.
       *[other] The group has { $rooms } rooms, and all see the same.
    } Answers for personal data: { $controller }.
group-room-taken = This room already belongs to { $group }. Write /unlink here first if it shall become something else.
group-room-is-desk = This room is an organisation's own. Take another room for the group.
group-ask-name = What shall the group be called? Write a short name, such as “Neighbours in Albyberget”.
group-name-unfit = That name won't do. The names of police, municipality and others in charge I keep for them. Please write another.
group-words-unfit = Police, municipality and others in charge speak for themselves, so I can't write them there. Write the association, the company or what you do yourselves. Is the group theirs? Ask their coordinator to start it.
group-ask-area = Which area does { $group } belong to? Choose, write its name or share your place.
group-ask-kind = What sort of group is { $group }?
group-kind-neighbourhood = Neighbours
group-kind-retail_centre = Shops in a centre
group-kind-patrol = Walkers or watch team
group-kind-organisation_desk = An organisation's room
group-ask-purpose = What is the group for? Write one sentence. Everybody who comes in reads it. The usual one: “{ $usual }”
group-purpose-usual = Take the usual one
group-purpose-neighbourhood = We keep our eyes open for each other and calmly tell what we see.
group-purpose-retail_centre = We warn each other of thefts and help each other in the centre.
group-purpose-patrol = We plan our rounds together and tell what we see.
group-purpose-organisation_desk = We receive what is sent to us.
group-ask-controller = Who answers for the personal data in the group? Write the association or company. For police, municipality and other authorities their coordinator starts the group.
group-preview = This is how the group will be:

    {""}**{ $group }** · { $kind } · { $area }
    { $purpose }
    Answers for personal data: { $controller }

    { $locked ->
        [yes] Reports stay in the group.
       *[no] Reports also reach all who follow { $area }.
    }
group-start = Start the group
group-make-open = Let reports reach the whole area
group-make-locked = Let reports stay in the group
entry-asks = { $name } asks to be let into { $group }. Whoever administers the room decides.
entry-somebody = Somebody
entry-admit = Let in
entry-reject = Say no
entry-admitted = { $name } is let in. Decided by { $by }.
entry-rejected = { $name } is not let in. Decided by { $by }.
entry-joined = { $name } is in now.
entry-refused = { $name } still waits: I may not answer here. Give me the right to invite and press again, or answer in the app’s own list.
entry-administrator = somebody who administers it
entry-needs-administrator = Those who administer the room decide that. Tell one of them if you like.
entry-told = Hello! You have asked to be let into **{ $group }**, and those who administer the room will answer soon.

    { $purpose }

    How we do it: a good tone. No politics and no advertising. Nobody is suspected because of their origin. No names, pictures, numbers or addresses of suspects. Nothing illegal. Call 112 while it is happening.

    Answers for the personal data: { $controller }. I remember that you asked for a week at most.
group-press-a-button = Choose with one of the buttons, and we'll go on.
group-needs-words = Please write it in a few words.
group-started = Done, the group is running.
group-welcome = Hello! This room now belongs to **{ $group }** in { $area }.

    { $purpose }

    Write **/red**, **/yellow** or **/green** and a few words when something happens. Keep a good tone, and write no names, pictures or numbers of somebody you suspect. Is it happening now? Call 112 first.

    Answers for personal data: { $controller }. What I keep about you: /privacy.
group-follow = Follow { $area }
group-about = About the group
group-show-name = Show my name here
link-code = Would you like { $group } in one more room? Write **/link { $code }** in that room within { $minutes } minutes. The command begins with / on Telegram and with ! on Matrix. Whoever writes it must administer the room. Then both rooms see the same.
link-needs-code = Write the code after it, like this: /link K7QM-3TXB. You get the code by writing /link in the group's room. If there is no group yet, write /group new.
link-code-unknown = That code doesn't work. It works once and for 15 minutes. Write /link in the group's room to get a new one.
link-done = Done. { $group } now has { $rooms } rooms. What is written in one is read in all; from an encrypted room only once somebody there has said yes.
link-another-room = { $group } is now in one more room. What is written here is read there too. If this room is encrypted, only once somebody who administers it has said yes.
unlink-configured = The one who runs me has put this room into { $group }, so I can't take it out. Please ask that person.
unlink-sure = Shall this room leave { $group }? { $last ->
    [yes] It is the group's last room, so the group ends.
   *[no] What is written here will then be read only here.
}
unlink-yes = Yes, leave the group
unlink-no = No, stay
unlink-told = This room no longer belongs to { $group }. What is written here stays here.
unlink-done = Done. The room has left { $group }.
unlink-kept = Then everything stays as it was.
