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
sealed-stays = It stayed in the room. The room is encrypted, and nobody who administers it has agreed yet that anything leaves it. If it is urgent, write it to me in private instead. Is it happening now? Call 112 first.
sealed-needs-administrator = Only somebody who administers the room or moderates the group can decide that. Ask one of them to answer.
link-done-sealed = Done. { $group } now has { $rooms } rooms. This one is encrypted, so what is written there goes on once somebody who administers it has said yes to my question there.
unreadable = I can’t read a message here: its key has not reached me. Please send it again. If it happens again, restarting the app usually helps.
unsealed-line = That came unencrypted although the chat is encrypted, so I can’t be sure that it is you. Nothing was done. Please write it again from an app that can encrypt. Is it happening now? Call 112 first.
verification = I can’t compare emoji with you, for I am a program. Ask whoever runs me what my account is called, and you know that it is me. If the app warns of my device, tell them that, too.
forged-sender = { $where ->
    [unknown] In an encrypted room
   *[other] In an encrypted room of { $group }
} somebody wrote in another’s name. I have not sent it on. Ask whoever runs me to read about matrix.forged_sender in the log.

# Devices and roles
device-unsigned = That came from a device that you have not verified. So it went as any neighbour’s, without a badge. Verify the device in the app’s settings, and your role holds there too. Was it not you? Change your password and sign that device out.
owner-key-changed = Your account has new signing keys. Your role rests until a colleague or coordinator has heard from you that it is you. They have been sent a code; call or meet one of them. Was it not you? Change your password, and tell them.
owner-key-ask = { $account }{ $any_organisation ->
    [yes] {" "}({ $organisation })
   *[no] {""}
} has new signing keys on Matrix, and the role rests. Call or meet them. If they say that it is right, write /vouch { $code } here. Otherwise you need do nothing, and the role goes on resting.
owner-key-confirmed = Thank you. The role holds again.
owner-key-in-force = Your role holds again.
owner-key-no-such-code = Nobody waits for that code. Look at the message that it came in. If it is gone from there, it is done already.
privacy-owner-keys = • A fingerprint of the { $number ->
    [one] key that signs your devices
   *[other] keys that sign your devices
}, so that nobody else can speak in your role
