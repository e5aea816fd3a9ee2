"""The packages and applications on which narrow-except is proven: data, and the interpreter that has the packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from narrow_sites import HOME
from sdists import Sdist

PACKAGES = (
    Sdist("aiohttp", "3.14.5", "5558a7f5a05af9ecf744af91e5baefc436f93c9333e656c27ec253f9a6bbe178"),
    Sdist("ansible-core", "2.19.14", "1e7612788eaa6b3c87a3670ce86c64b830eba0ae2b3fcb25a772f276704163b4"),
    Sdist("beets", "2.14.1", "b25dc7bf8ed093d8b6e043e88013736902c1082c958b81a598af5db5275539a5"),
    Sdist("celery", "5.7.0", "6a5dfcf6662287204f009a02002b9e66c83d4105e47ebabdc7079108772fc6f0"),
    Sdist("certbot", "5.8.0", "a4a2c7b0459bb626b3791ef07b6df26bbb222d2324783ba3e60f76c0933eec87"),
    Sdist("conan", "2.34.0", "9c65681300550638be20a25908673b8683533e8fc2dbbdac38ea0d9642a8124d"),
    Sdist("distributed", "2026.8.0", "6f55008ecacf96ba945309fc12e680544764995e27bd63cc5e109afb97d7044d"),
    Sdist("django", "5.2.19", "ad03d8abc51dbff95ebf34b27123cf0c26a3b62db7ba0cd520783686362533d1"),
    Sdist("dnspython", "2.9.2", "8d4d39a513e649d634004ce4d39ade2352efcea472a0247535a5c2d18a9d7ba9"),
    Sdist("docutils", "0.22.4", "4db53b1fde9abecbb74d91230d32ab626d94f6badfc575d6db9194a49df29968"),
    Sdist("dulwich", "1.2.21", "5d3939f64883e6799614cab708ef4ee9ef415dd6dcad47527cdbb0eea43bf3a2"),
    Sdist("fsspec", "2026.9.0", "0f08147951c8cb31d844c3547d631053b127863b60be04cf06e121333ee0e2fe"),
    Sdist("google-auth", "2.63.0", "f198b99dd49e81f96f54abce2c03d4dd28fb7e3c77702eb6ae1c5bf25435054c"),
    Sdist("gunicorn", "27.0.1", "b1514965361c8b7e8107a80aa2a92636878df1ccfac6dd204a676426e04d9e3e"),
    Sdist("jupyter-server", "2.21.1", "a8960aa29263f6041283e97d4756b099fb49b767baab6371891ecb1bd40a63df"),
    Sdist("kombu", "5.7.0", "31e62fdfd2381caa3422f8e02b84a491d9a2180ddda74507b57f4cb1e1c2c2c9"),
    Sdist("luigi", "3.8.1", "2fa5eb5d3474e495de09bd964f502936c08f8b1eb6e0f3ca3c8a69116c38d0c3"),
    Sdist("matrix-synapse", "1.163.2", "4583f1cb8ae6e257c67b752148c3f5ec16ccf7d6cc5d8375d88a14ac20f8effe"),
    Sdist("nltk", "3.10.4", "44679f4e9220abfd496d2c8cdb22f8425ccbe557604f9aa5cacb1c44003dabc1"),
    Sdist("paramiko", "5.1.0", "239b5f9b2a53006cd54f83cf8495ee742083708ead947882c8dd2786de79f39b"),
    Sdist("pymongo", "4.20.1", "1ac112b3ffa3d010cfc2fc54e3ae677a12c63d18c6115db4451df64f1a1175eb"),
    Sdist("scrapy", "2.19.0", "34130726582b64c91531162ab277c4053e558876d49ba219cb43679e71d80a87"),
    Sdist("sphinx", "9.0.4", "594ef59d042972abbc581d8baa577404abe4e6c3b04ef61bd7fc2acbd51f3fa3"),
    Sdist("streamlink", "8.6.3", "d3602a2629b62d935a7ddc2f31dcea7797b3780654dcccbd5c3dd5b5f7e380c8"),
    Sdist("tornado", "6.6.1", "28e6311402af59c8b02e3fa0f5e7d8eb465b25081381803b127d97e6a4395d5a"),
    Sdist("urllib3", "2.8.0", "63bf2ead4c879426ebf22ef2a781eeb4aa3b4ae798a0435506f8687fd5bb9b63"),
    Sdist("yt-dlp", "2026.10.26", "abe5c6b94c3b2f0560500add1c42e0a97641752743a5b65588ac2007a6e23eb6"),
)

# the applications with most broad clauses outside of tests among those with a source distribution that Python 3.11 reads:
# 3676, 1103, 1080 and 997 (looked at, with fewer: apache-superset 441, letta 362, matrix-synapse 308, apache-airflow-core 242)
APPS = (
    Sdist("litellm", "1.110.2", "a483c8d3078c1bd27a9fe9c831ac2ce09d41b728a7ea6e9a3ce48db276edeef5"),
    Sdist("mlflow", "3.18.0", "04e912d5b154b417c5930ba47ef3dc2f74738fb3ba93e3d70499955ec8884540"),
    Sdist("open-webui", "0.12.4", "04bff683181768a4c0ab32cd7b4f208f512622fe0066b4e5df22a05a96ac4628"),
    Sdist("salt", "3008.5", "0259deafd601d783721e5aa8ed10677d8c4d6cc12f5de17499af71590d593315"),
)


def interpreter() -> Path:
    """An interpreter with all packages, of just these versions; made anew when the list changed."""
    folder = HOME / "venv"
    wanted = "\n".join(f"{sdist.name}=={sdist.version}" for sdist in PACKAGES)
    stamp = folder / "installed"
    if not stamp.exists() or stamp.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        command = [folder / "bin" / "pip", "install", "--quiet", "--only-binary", ":all:", *wanted.split("\n")]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"error: the packages to compare classes with: {done.stderr.strip().splitlines()[-1]}")
        stamp.write_text(wanted)
    return folder / "bin" / "python"
