"""What every table of the configuration has in common."""

from pydantic import BaseModel, ConfigDict, SecretStr, field_validator


class Section(BaseModel):
    """A part of the options; an unknown key in it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*")
    @classmethod
    def _is_filled(cls, value: object) -> object:
        if isinstance(value, SecretStr) and not value.get_secret_value():
            raise ValueError("a secret can't be empty; fill it or remove it")
        return value
