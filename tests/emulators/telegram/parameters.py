"""Which parameters each method takes, for when the Bot API's own description is not there.

A test holds this list against the description; `!` marks what must be there.
"""

from tests.emulators.telegram.wire import Json

_WHERE = "chat_id! business_connection_id message_thread_id "
_HOW = "disable_notification protect_content allow_paid_broadcast message_effect_id "
_SEND = (
    f"{_WHERE}{_HOW}direct_messages_topic_id suggested_post_parameters reply_parameters "
    "reply_markup "
)
_WORDS = "caption parse_mode caption_entities "
_SIGHT = "show_caption_above_media has_spoiler "
_SIZE = "duration width height thumbnail "
_POINT = "latitude! longitude! "
_LIVE = "horizontal_accuracy heading proximity_alert_radius live_period "
_EDIT = "business_connection_id chat_id message_id inline_message_id reply_markup "
_MEMBER = "chat_id! user_id! "
_MESSAGE = "chat_id! message_id! "
_SCOPE = "scope language_code "
_POLL = (
    "question! question_parse_mode question_entities options! is_anonymous type "
    "allows_multiple_answers allows_revoting shuffle_options allow_adding_options "
    "hide_results_until_closes members_only country_codes correct_option_ids explanation "
    "explanation_parse_mode explanation_entities explanation_media open_period close_date "
    "is_closed description description_parse_mode description_entities media "
)
_RIGHTS = (
    "is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
    "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
    "can_edit_stories can_delete_stories can_post_messages can_edit_messages can_pin_messages "
    "can_manage_topics can_manage_direct_messages can_manage_tags "
)
_FORWARD = (
    "chat_id! message_thread_id direct_messages_topic_id from_chat_id! disable_notification "
    "protect_content "
)
PARAMETERS = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url! certificate ip_address max_connections allowed_updates "
    "drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "getWebhookInfo": "",
    "sendMessage": f"{_SEND}text! parse_mode entities link_preview_options",
    "sendPhoto": f"{_SEND}{_WORDS}{_SIGHT}photo!",
    "sendVideo": f"{_SEND}{_WORDS}{_SIGHT}{_SIZE}video! cover start_timestamp supports_streaming",
    "sendAnimation": f"{_SEND}{_WORDS}{_SIGHT}{_SIZE}animation!",
    "sendAudio": f"{_SEND}{_WORDS}audio! duration performer title thumbnail",
    "sendVoice": f"{_SEND}{_WORDS}voice! duration",
    "sendVideoNote": f"{_SEND}video_note! duration length thumbnail",
    "sendDocument": f"{_SEND}{_WORDS}document! thumbnail disable_content_type_detection",
    "sendSticker": f"{_SEND}sticker! emoji",
    "sendMediaGroup": f"{_WHERE}{_HOW}direct_messages_topic_id media! reply_parameters",
    "sendLocation": f"{_SEND}{_POINT}{_LIVE}",
    "sendVenue": f"{_SEND}{_POINT}title! address! foursquare_id foursquare_type google_place_id "
    "google_place_type",
    "sendContact": f"{_SEND}phone_number! first_name! last_name vcard",
    "sendPoll": f"{_WHERE}{_HOW}{_POLL}reply_parameters reply_markup",
    "sendDice": f"{_SEND}emoji",
    "sendChatAction": f"{_WHERE}action!",
    "editMessageText": f"{_EDIT}text parse_mode entities link_preview_options rich_message",
    "editMessageCaption": f"{_EDIT}{_WORDS}show_caption_above_media",
    "editMessageMedia": f"{_EDIT}media!",
    "editMessageReplyMarkup": _EDIT,
    "editMessageLiveLocation": f"{_EDIT}{_POINT}{_LIVE}",
    "stopMessageLiveLocation": _EDIT,
    "stopPoll": f"{_MESSAGE}business_connection_id reply_markup",
    "deleteMessage": _MESSAGE,
    "deleteMessages": "chat_id! message_ids!",
    "forwardMessage": f"{_FORWARD}message_id! video_start_timestamp message_effect_id "
    "suggested_post_parameters",
    "forwardMessages": f"{_FORWARD}message_ids!",
    "copyMessage": f"{_FORWARD}{_WORDS}message_id! video_start_timestamp show_caption_above_media "
    "allow_paid_broadcast message_effect_id suggested_post_parameters reply_parameters "
    "reply_markup",
    "copyMessages": f"{_FORWARD}message_ids! remove_caption",
    "answerCallbackQuery": "callback_query_id! text show_alert url cache_time",
    "setMessageReaction": f"{_MESSAGE}reaction is_big",
    "pinChatMessage": f"{_MESSAGE}business_connection_id disable_notification",
    "unpinChatMessage": "chat_id! business_connection_id message_id",
    "unpinAllChatMessages": "chat_id!",
    "getFile": "file_id!",
    "getUserProfilePhotos": "user_id! offset limit",
    "getChat": "chat_id!",
    "getChatMember": _MEMBER,
    "getChatAdministrators": "chat_id! return_bots",
    "getChatMemberCount": "chat_id!",
    "leaveChat": "chat_id!",
    "banChatMember": f"{_MEMBER}until_date revoke_messages",
    "unbanChatMember": f"{_MEMBER}only_if_banned",
    "restrictChatMember": f"{_MEMBER}permissions! use_independent_chat_permissions until_date",
    "promoteChatMember": f"{_MEMBER}{_RIGHTS}",
    "approveChatJoinRequest": _MEMBER,
    "declineChatJoinRequest": _MEMBER,
    "exportChatInviteLink": "chat_id!",
    "createChatInviteLink": "chat_id! name expire_date member_limit creates_join_request",
    "revokeChatInviteLink": "chat_id! invite_link!",
    "createForumTopic": "chat_id! name! icon_color icon_custom_emoji_id",
    "editForumTopic": "chat_id! message_thread_id! name icon_custom_emoji_id",
    "closeForumTopic": "chat_id! message_thread_id!",
    "reopenForumTopic": "chat_id! message_thread_id!",
    "deleteForumTopic": "chat_id! message_thread_id!",
    "setMyCommands": f"commands! {_SCOPE}",
    "getMyCommands": _SCOPE,
    "deleteMyCommands": _SCOPE,
    "setMyName": "name language_code",
    "getMyName": "language_code",
    "setMyDescription": "description language_code",
    "getMyDescription": "language_code",
    "setMyShortDescription": "short_description language_code",
    "getMyShortDescription": "language_code",
}


def check_names(method: str, values: Json, uploads: set[str]) -> list[str]:
    """Say which parameters are unknown or missing, as the description would."""
    listed = PARAMETERS[method].split()
    known = {name.rstrip("!") for name in listed}
    given = {name for name, value in values.items() if value is not None} | uploads
    wrong = [f'unknown parameter "{name}" in {method}' for name in values if name not in known]
    needed = [name[:-1] for name in listed if name.endswith("!")]
    return wrong + [f'parameter "{n}" of {method} is required' for n in needed if n not in given]
