"""Lines that ask something of the reader, and lines of stories that only use the same words."""

from __future__ import annotations

import pytest

from parsers.page.asks import ANSWERS, READERS, asking


@pytest.mark.parametrize(
    "line",
    [
        "Our evening letter brings the day's five stories straight to your inbox.",
        "By submitting this form you agree to the pier's terms.",
        "By signing up, I acknowledge that I have read the privacy notice.",
        "I'd like to receive offers and updates from The Pier Post by e-mail.",
        "Read our privacy notice.",
        "You can unsubscribe at any time.",
        "Please enter a valid email address",
        "Thank you for subscribing!",
        "You're now signed up for our letters.",
        "Create a free account or sign in to go on.",
        "Already have an account?",
        "Forgot your password?",
        "This form is protected by reCAPTCHA.",
        "Please enable JavaScript in your browser to view this map.",
        "Subscribe now to read every story of the harbour.",
        "Unlimited digital access to The Pier Post for a coin a week.",
        "We'll never share your e-mail address with anybody.",
        "Jeden Morgen das Wichtigste direkt in Ihr Postfach.",
        "Mit der Anmeldung akzeptiere ich die Datenschutzbestimmungen des Hafens.",
        "Der Newsletter kann jederzeit abbestellt werden.",
        "Um diesen Inhalt anzuzeigen, ist Ihre Zustimmung nötig.",
        "Passwort vergessen?",
        "Chaque soir, le port dans votre boîte mail.",
        "En cliquant sur ce bouton, vous acceptez nos conditions.",
        "Vous avez déjà un compte ?",
        "Recibe cada mañana las noticias del puerto en tu correo.",
        "Al registrarte aceptas las condiciones del puerto.",
        "Ya tienes una cuenta",
        "Receba as notícias do porto direto no seu e-mail.",
        "Iscrivendoti accetti le condizioni del porto.",
        "Elke avond het havennieuws in je inbox.",
        "Masz już konto?",
        "Få nyheterna i din inkorg varje kväll.",
        "Нажимая, вы соглашаетесь на обработку персональных данных.",
        "続きを読むにはログインしてください。",
        "请登录后发表意见",
        "로그인 후 이용할 수 있습니다",
    ],
)
def test_asks(line: str) -> None:
    assert asking(["Nothing.", line, "Nothing."]) == {1}


@pytest.mark.parametrize(
    "line",
    [
        "The ferry office delivered the letters to the inbox of the harbour master, who had asked for them.",
        "By signing up to the treaty both ports agree to share their tugs.",
        "Once you have signed up, you can pay for a cabin by bank transfer.",
        "The minister said the port would review the terms of the deal and the privacy of its guests.",
        "Readers who forgot the strike were soon reminded of it.",
        "Register offices in the three boroughs will close at noon.",
        "Full access to the pier was restored on Friday.",
        "Die Reederei hat die Einwilligung der Anwohner eingeholt, bevor sie Daten verarbeitet.",
        "Der Kapitän fand in seinem Postfach eine Mahnung der Reederei.",
        "Le port a ouvert un compte pour les sinistrés.",
        "El alcalde escribió en su correo que el muelle seguiría cerrado.",
        "Полиция изучает политику компании и её отчёты.",
    ],
)
def test_says(line: str) -> None:
    assert asking([line]) == set()


def test_a_long_paragraph_asks_nothing() -> None:
    assert asking(["Already have an account? " + "The pier is open. " * 60]) == set()


@pytest.mark.parametrize(
    "line",
    ["20 thoughts on “Ferry office sells its last ticket”", "Comments (12)", "3 Kommentare", "Leave a reply", "Join the conversation", "Laisser un commentaire", "Deja un comentario", "Комментарии", "댓글 14"],
)  # fmt: skip
def test_heads_of_readers_words(line: str) -> None:
    assert READERS.fullmatch(line)


@pytest.mark.parametrize(
    "line", ["Commentary on the match", "Commenting on the figures, she said they were high."]
)
def test_no_heads_of_readers_words(line: str) -> None:
    assert READERS.fullmatch(line) is None


@pytest.mark.parametrize("line", ["Reply", "Antworten", "Jane Roe says:", "Luc Roux a dit", "Reply 3"])
def test_what_stands_by_them(line: str) -> None:
    assert ANSWERS.fullmatch(line)
