# Who speaks for an organisation
verify-no-mail = This installation can't send mail, so I can't prove who you are. Tell a coordinator: whoever runs me can add you, or set up mail.
verify-which = { $is_known ->
    [no] I don't know an organisation called “{ $name }”.{" "}
   *[unsaid] {""}
}{ $any ->
    [yes] Which organisation do you work for?
   *[no] No organisation has a mail domain yet. Ask a coordinator to add it.
}
verify-organisation = { $name }
verify-ask-address = { $why ->
    [again] I need to know that it is you. Write your mail address at { $organisation }, and I'll send a code there.
    [badge] Your red words are out already, but without the badge. Do you want it on the card? Write your mail address at { $organisation }, and I'll send a code there.
   *[first] Write your mail address at { $organisation }, such as first.last@{ $domain }. I'll send a code there.
} The address is kept sealed for as long as the role holds, and shown only to whoever approves you.
verify-known-address = Shall I send a code to { $address }? Then a colleague at { $organisation } approves.
verify-send = Send the code
verify-other-address = Another address
verify-code-sent = { $why ->
    [again] I need to know that it is you.{" "}
    [badge] Your red words are out already, but without the badge. Answer the code, and it comes onto the card.{" "}
   *[first] {""}
}A code is on its way to { $address }. Write the six digits here within { $minutes } minutes. Nothing there? Look in the junk folder, or write another address at { $organisation }. If that does not help, ask a colleague at their desk or a coordinator.
verify-resend = Send a new code
verify-cancel = Cancel
verify-new-code = New code
verify-code-digits = The code is six digits, such as 123 456. It is in the mail.
verify-code-wrong = That was not the code. { $left ->
    [one] You have one try left.
   *[other] You have { $left } tries left.
}
verify-code-spent = That code no longer works. Ask for a new one.
verify-no-code = I'm not waiting for a code from you. Write /verify to begin.
verify-too-many = Several codes have gone out already. Wait an hour, and I'll send a new one. That leaves your mailbox in peace, too.
verify-full = { $cap ->
    [organisation] Many have asked for codes to { $organisation } within the last hour,
   *[other] Many have asked for codes within the last hour,
} so I wait with more, to keep mailboxes from being filled. Try again after { $time }. You did nothing wrong.
verify-try-again = Try again
mail-cap-full = { $cap ->
    [organisation] { $organisation } got { $most } codes within an hour, asked for by people who are not verified there. More go after { $time }.
    [officials] { $most } codes went within an hour to those who are verified. More go after { $time }.
   *[installation] { $most } codes went within an hour to people who are not verified. More go after { $time }.
} If these are more than you expect, somebody may be trying to fill mailboxes: ask the organisation. { $cap ->
    [officials] Red reports go out all the same.
   *[other] Those who are verified get codes as always.
} If they are your own people, as on an evening of training, whoever runs me can raise { $option }.
verify-gone = That no longer holds. Write /verify to begin again.
verify-proved = Thank you, the address is yours. { $who ->
    [colleagues] Now I ask a colleague at { $organisation } who is verified already. You'll hear when it is done, within { $days } days.
    [coordinators] You are the first at { $organisation }, so two coordinators have to approve. You'll hear when it is done, within { $days } days.
   *[nobody] But just now nobody can approve you at { $organisation }. Tell a coordinator. It waits for { $days } days.
}
verify-address-unfit = That does not look like a mail address. Write it as name@domain.
verify-address-letters = There is a letter in the address that is not a–z. Type it by hand instead of pasting.
verify-address-plus = Write the address without a plus sign. One mailbox is one person here.
verify-address-shared = Several people read that mailbox. Write your own address, so that it is you who is verified.
verify-lookalike = The address looks like { $domain } but is written with other signs. Type it by hand. If somebody gave it to you, it may be a trick.
verify-subdomain = The address must end with @{"\u2060"}{ $domain }, with nothing in between. Do you have such a one?
verify-wrong-domain = That address is not the organisation's own. It must be one at { $domains }.
verify-mail-refused = The mail server did not take { $address }. Is the address right? Write /verify and try again.
verify-mail-late = I could not send the mail to { $address } in time. It is not your fault. Write /verify and try again in a while.
mail-code-subject = Your code for { $organisation }
mail-code = Hello!

    Your code is { $code }. Write it to Grannbro within { $minutes } minutes.

    It proves that you work for { $organisation }. Give it to nobody else: none of us asks for it.

    You did not ask for a code? Then somebody else is trying. Write this to Grannbro, from any account (on Matrix with ! instead of /):
    /revoke { $alarm }
    That stops the attempt. If your own account had asked for the code, its role ends, too.

    Grannbro
proof-go-on = Go on
proof-done = Thank you, now I know that it is you. That holds for twelve hours.
proof-desk-told = { $name } has proved the address { $address } for an account that stands in the settings. You don't know it? Write /revoke here.
approval-asks = { $name } ({ $platform ->
    [telegram] Telegram
    [matrix] Matrix
   *[web] web
}) wants to speak for **{ $organisation }** and has shown that { $address } is theirs. { $is_first ->
    [yes] It is the first one there, so { $votes } coordinators have to approve.
   *[no] One of you has to approve.
} Best call the person at a number you already have. Code: { $id }.
approval-yes = Approve
approval-no = Say no
approval-ended = { $id } at { $organisation }: { $how ->
    [granted] approved and verified.
    [refused] not approved.
    [revoked] revoked.
    [not_official] the address is no longer the organisation's own.
    [anew] the person has begun anew.
    [lapsed] nobody answered in time.
   *[left] the person has left Grannbro.
}
approval-not-yourself = Nobody can approve themselves. Ask a colleague, or another coordinator.
approval-same-mailbox = You share a mail address, so to me you are the same person. Somebody else has to approve.
approval-gone = There is nothing to approve with that code. It may be decided, or too old.
approval-one-more = Thank you. { $id } needs one more coordinator, then it is done.
approval-list = This waits for you:
    { $lines }
approval-line = • { $id }: { $address } at { $organisation }
approval-show = Approve { $id }
approval-nothing = Nothing waits for you.
approval-lapsed = Nobody at { $organisation } answered in time, so your request is gone. Would you like to try again?
approval-taken-back = The address that you showed no longer holds for { $organisation }, so your request is gone. Do you have another address there? Write /verify again.
role-granted = Done, you are verified for { $organisation } until { $until }. Only I show the badge, on what you write where you are in charge. If you lose your phone: let a colleague write /revoke { $id }, or write the line in the mail with the code from any account.
role-refused = { $organisation } did not approve your request. Talk to a colleague there, and then try again.
role-renew = Renew
role-ends-soon = Your role for { $organisation } holds until { $until }. Would you like to renew it? It takes a new code and an approval.
role-expired = Your role for { $organisation } has run out. You can renew it whenever you like.
role-revoked = Your role for { $organisation } was revoked. { $how ->
    [own] You asked for that yourself.
    [alarm] Somebody with access to the mailbox raised the alarm.
   *[decided] If you wonder why, talk to a colleague there or a coordinator.
}
role-desk-revoked = A role for { $organisation } has ended{ $has_id ->
    [yes] {" "}({ $id })
   *[no] {""}
}. { $how ->
    [own] The person asked for it.
    [alarm] Somebody raised the alarm from the mailbox: the account may be in wrong hands.
    [expired] It ran out.
    [left] The person has left Grannbro.
   *[decided] It was revoked.
}
revoke-unknown = I find no role by that which you can revoke. Write the code as it stands, such as /revoke 7K3MQX, or the line in the mail. Otherwise a colleague there or a coordinator can.
revoke-alarm-done = Thank you for telling. The attempt is stopped, and { $organisation } is warned. Best change the mailbox's password.
revoke-done = Done. The role for { $organisation } no longer holds anywhere.
revoke-which = { $any ->
    [yes] Whose role shall end?
    [unlisted] Nobody here got their role by a code. A role from the settings ends by the account's name, such as /revoke telegram:42, and your own by /revoke me.
   *[no] There is no role that you can revoke.
}
revoke-this = { $address } · { $id }
revoke-sure = Shall the role of { $address } end now? Otherwise it holds until { $until }.
revoke-yes = Yes, revoke
revoke-no = No, leave it
revoke-kept = Then everything stays as it was.
privacy-verification = • That you speak or want to speak for { $organisation }, with the address { $address }, until { $until }: so that nobody else can do it in your name
privacy-mail-codes = • That you asked for { $number ->
    [one] a code
   *[other] { $number } codes
} by mail, for { $days } days, so that no mailbox is filled. The digits are not kept
privacy-approvals = • That you approved { $number ->
    [one] somebody
   *[other] { $number } people
} for an organisation, as long as that role holds, so that it can be seen who vouched
report-may-not-approve-role = Only somebody who is verified there already can approve. Ask a colleague at the organisation.
report-may-not-approve-first-role = The first at an organisation is approved by two coordinators. Ask one of them.
report-may-not-revoke-role = Only the person, a colleague there or a coordinator can revoke a role. Tell one of them.
report-may-not-change-organisation = Coordinators change organisations. Tell one of them.
report-may-not-vouch = Only a coordinator or a colleague of the same organisation can vouch for that. Ask one of them.
