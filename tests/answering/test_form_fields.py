from __future__ import annotations

import pytest

from rag.answering.form_fields import entries_of, field_sentence, fields_of
from rag.filings.page import Span
from rag.filings.passage import Passage

PROFILE = (
    "一、公司基本情况\n公司的中文名称青珩科技股份有限公司公司的中文简称青珩科技公司的外文名称Qingheng Co., Ltd."
    "公司的法定代表人顾未眠公司注册地址青州市珩山路1号公司网址https://www.qingheng.example"
)
CONTACTS = (
    "二、联系人和联系方式\n董事会秘书(信息披露境内代表)证券事务代表姓名苏砚何远汀"
    "联系地址青州市珩山路1号青州市珩山路1号电话0512-10000001 0512-10000002电子信箱ir@qingheng.example"
)


def passage(text: str) -> Passage:
    return Passage("p", "f", 0, "prose", ("第二节 公司简介",), (Span(1, 0, len(text)),), text)


def entry(text: str, name: str) -> tuple[str, ...]:
    return next(entries_of(field, text) for field in fields_of(passage(text)) if field.name == name)


def test_each_field_of_a_form_holds_its_own_entry() -> None:
    assert entry(PROFILE, "公司的法定代表人") == ("顾未眠",)


def test_two_names_printed_as_one_are_told_apart_by_the_surname() -> None:
    assert entry(CONTACTS, "姓名") == ("苏砚", "何远汀")


@pytest.mark.parametrize(
    ("name", "entries"),
    [
        ("联系地址", ("青州市珩山路1号", "青州市珩山路1号")),
        ("电话", ("0512-10000001", "0512-10000002")),
        ("电子信箱", ("ir@qingheng.example",)),
    ],
)
def test_what_two_persons_have_is_given_to_each(name: str, entries: tuple[str, ...]) -> None:
    assert entry(CONTACTS, name) == entries


def test_a_field_is_said_with_the_person_it_belongs_to() -> None:
    field = next(field for field in fields_of(passage(CONTACTS)) if field.name == "电话")
    said = field_sentence(field, CONTACTS, "青珩科技")
    assert said == "青珩科技董事会秘书电话：0512-10000001，证券事务代表电话：0512-10000002。"


def test_running_text_that_uses_such_a_word_is_no_form() -> None:
    assert fields_of(passage("公司设有投资者热线电话，并通过电子信箱回复来信。")) == ()
