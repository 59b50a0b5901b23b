# Encrypted rooms
sealed-question = This room is encrypted, so what is written here stays among you. { $group } also lives { $others ->
    [0] with others who follow the area
    [one] in one more room
   *[other] in { $others } more rooms
}. For your words to get there I have to read them and send them on, and then they are not encrypted all the way. Until somebody who administers this room says yes, nothing leaves it.
sealed-yes = Yes, send it on
sealed-no = No, keep it here
sealed-opened = Thank you. From now on what is written here is also read in the other rooms of { $group }. If you change your minds, write /group close.
sealed-kept = What is written here stays here. If you change your minds later, write /group agree.
sealed-stays = It stayed in the room. The room is encrypted, and nobody who administers it has agreed yet that anything leaves it. If it is urgent, write it to me in private instead.
sealed-needs-administrator = Only somebody who administers the room can decide that. Ask one of them to answer.
link-done-sealed = Done. { $group } now has { $rooms } rooms. This one is encrypted, so what is written there goes on once somebody who administers it has said yes to my question there.
unreadable = I can’t read a message here: its key has not reached me. Please send it again. If it happens again, restarting the app usually helps.
unsealed-line = That came unencrypted although the chat is encrypted, so I can’t be sure that it is you. Nothing was done. Please write it again from an app that can encrypt.
verification = I can’t compare emoji with you, for I am a program. There is no need to: my device is signed by my own account. To be sure that it is me, ask whoever runs me what my account is called.
forged-sender = { $where ->
    [unknown] In an encrypted room
   *[other] In an encrypted room of { $group }
} somebody wrote in another’s name. I have not sent it on. Ask whoever runs me to read about matrix.forged_sender in the log.
