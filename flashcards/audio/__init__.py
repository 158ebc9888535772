"""Sound: what is read out, who reads it, and the cache that keeps what was read."""

from flashcards.audio.providers import Provider, Spoken, provider
from flashcards.audio.sounds import sound_key, speak

__all__ = ["Provider", "Spoken", "provider", "sound_key", "speak"]
