"""Passwords, tokens and keys that a word before them names."""

from __future__ import annotations

import pytest

from spacy_privacy_filter.rules.secrets.fields import find_fields

from ...helpers import assert_grows_linearly


def found(text: str) -> list[str]:
    finds = find_fields(text)
    return sorted({text[find.start_char : find.end_char] for find in finds})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("password: hunter2", "hunter2"),
        ("Password=Kq7#vv2LpM;Encrypt=True;", "Kq7#vv2LpM"),
        ("passwd=geheim99", "geheim99"),
        ("pwd: s3cret, and", "s3cret"),
        ("PWD=abc;", "abc"),
        ('const password = "sunflower1990"', "sunflower1990"),
        ("DB_PASSWORD=sunflower", "sunflower"),
        ('"password": "hunter-2-sesame",', "hunter-2-sesame"),
        ("password: 'sunflower'", "sunflower"),
        ('{\\"password\\": \\"hunter2\\"}', "hunter2"),
        ("password: sunflower\nnext", "sunflower"),
        ("my password is Tr1ckyP0ny! and", "Tr1ckyP0ny!"),
        ("password hunter2x please", "hunter2x"),
        ("Das Passwort lautet Winter2026! bitte", "Winter2026!"),
        ("Kennwort: Apfel7", "Apfel7"),
        ("mot de passe : Soleil42", "Soleil42"),
        ("contraseña: Luna-77", "Luna-77"),
        ("パスワード：hana2024", "hana2024"),
        ("пароль: Zima2025", "Zima2025"),
        ("密码: abc12345", "abc12345"),
        ("<password>hunter2</password>", "hunter2"),
        ("passphrase: 'correct horse battery'", "correct horse battery"),
        ("mysqldump --password=hunter2 db", "hunter2"),
        ("tool --password hunter2 db", "hunter2"),
        ("mysql -u root -pS3cret9 db", "S3cret9"),
        ("sshpass -p 'S3cret9' ssh h", "S3cret9"),
        ("curl -u ada:S3cret9 https://h", "ada:S3cret9"),
        ("redis-cli -h x -a S3cret9", "S3cret9"),
        ("api_key=c3a9f8120b7d4e6f", "c3a9f8120b7d4e6f"),
        ("x-api-key: 9aB3kQ7zL2", "9aB3kQ7zL2"),
        ('"apiKey": "9aB3kQ7zL2"', "9aB3kQ7zL2"),
        ("token: 9aB3kQ7zL2x", "9aB3kQ7zL2x"),
        ("secret = '9aB3kQ7z'", "9aB3kQ7z"),
        ("client_secret: 9aB3kQ7zL2", "9aB3kQ7zL2"),
        (
            "aws_secret_access_key = NhhCqaVZdgr21NsZjsrLbOhb9COFoUSmfM2/kz9F",
            "NhhCqaVZdgr21NsZjsrLbOhb9COFoUSmfM2/kz9F",
        ),
        ("AccountKey=abcd1234EFGH+/x=;EndpointSuffix=h", "abcd1234EFGH+/x="),
        ("SECRET_KEY_BASE=a1b2c3d4e5", "a1b2c3d4e5"),
        ("https://h/x?access_token=a1b2c3d4e5&x=1", "a1b2c3d4e5"),
        ("the token is a1B2c3D4e5F6g7", "a1B2c3D4e5F6g7"),
        (
            "Authorization: Bearer lmk-Qpqddtqr5k:B4qnEcc0RseWMxgM",
            "lmk-Qpqddtqr5k:B4qnEcc0RseWMxgM",
        ),
        ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNzd29yZA=="),
        ('"authorization": "Bearer a1B2c3D4e5F6g7H8"', "a1B2c3D4e5F6g7H8"),
        ("bearer a1B2c3D4e5F6g7H8", "a1B2c3D4e5F6g7H8"),
        ("the pin is 4471", "4471"),
        ("PIN: 4471", "4471"),
        ("exp 11/28 cvv 441", "441"),
        ("OTP 482913", "482913"),
    ],
)
def test_what_a_word_before_it_names(text: str, value: str) -> None:
    assert found(text) == [value]
    assert found(f"Some words. {text} ") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "password: required",
        "Password: must be at least 8 characters",
        "the password is important",
        "the password is wrong",
        "a password was set",
        "password protected",
        "passwordless login",
        "token: <placeholder>",
        "password: ****",
        "password=${DB_PASSWORD}",
        "password: null,",
        "PASSWORD=$PASS",
        "token = os.environ['TOKEN']",
        "TOKEN = os.environ['TOKEN']",
        "token: {{ x }}",
        "api_key = config.api_key",
        "password = getpass()",
        "password=password, user=user",
        "secret: sauce",
        "tokens: 512",
        "max_token: 4096",
        "tokenizer = AutoTokenizer",
        "pass: 35 fail: 3",
        "pass the salt",
        "the key is 12",
        "secret garden",
        "bearer of good news",
        "api key: your-api-key",
        '"password": "Enter your password"',
        "password: [REDACTED]",
        "password: xxxxxxxx",
        "password: str",
        "pin 560001",
        "pin the note",
        "session key",
        "a basic income",
        "the token is expired",
        "pwd",
        "credentials: ada@example.org",
        "password = self.password",
        "token: https://example.org/x",
        "NOPASSWD: ALL",
        "password: None",
        "token: true",
        "password reset 2024",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert found(text) == []
    assert found(f"Some words. {text} ") == []


@pytest.mark.parametrize(
    "part",
    [
        "password=",
        "password ",
        'secret:"',
        "pass-",
        "--token ",
        "mysql ",
        "curl -u ",
        "pin ",
        "Bearer ",
    ],
)
def test_no_text_takes_long(part: str) -> None:
    assert_grows_linearly(lambda n: list(find_fields(part * n)), 1000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'{"password":"Ab\"kkq,c99z"}', r"Ab\"kkq,c99z"),
        (r'{"password":"a\"b,c","user":"x"}', r"a\"b,c"),
        (r'{"db_password": "p\\x\"y7Kd", "a":1}', r"p\\x\"y7Kd"),
        (r'password: "Zug \"77\" Rot"', r"Zug \"77\" Rot"),
        ("SET password='it''s-9Kx' WHERE", "it''s-9Kx"),
        (r'"{\"password\": \"Ab9!kk\", \"user\": \"x\"}"', "Ab9!kk"),
    ],
)
def test_quotes_within_a_value(text: str, value: str) -> None:
    assert [text[f.start_char : f.end_char] for f in find_fields(text)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PW=kept9quiet", "kept9quiet"),
        ("DB_PW=kept9quiet", "kept9quiet"),
        ("pw: Hunter22", "Hunter22"),
        ("GET /v1/x?apikey=abc HTTP/1.1", "abc"),
        ("GET /v1/x?a=1&key=zz9-plural", "zz9-plural"),
        ("intranet/reset?token=9f8e7d6c5b4a", "9f8e7d6c5b4a"),
        ("curl --user 'ada:kept9quiet' https://h", "ada:kept9quiet"),
        ("smbclient //files/share -U 'OFFICE;ada%kept9quiet'", "OFFICE;ada%kept9quiet"),
    ],
)
def test_short_names_queries_and_commands(text: str, value: str) -> None:
    assert found(text) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "pw = 3.5",
        "upward=bound",
        "/list?key=name&order=asc",
        "/x?token={{ token }}",
        "/x?api_key=YOUR_API_KEY",
        "curl -u ada: https://h",
        "curl -u $USER:$PASS https://h",
        "sort -u a:b",
    ],
)
def test_what_is_no_value_of_theirs(text: str) -> None:
    assert found(text) == []
