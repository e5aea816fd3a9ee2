from .text import abridge
