"""What costs most of a page is compiled. Where no compiler is at hand, the same is done in Python, in more time."""

from Cython.Build import cythonize
from setuptools import Extension, setup

COMPILED = ("parsers/_tidy.pyx", "parsers/page/_survey.pyx", "parsers/page/_walk.pyx")

setup(
    ext_modules=cythonize(
        [Extension(path[:-4].replace("/", "."), [path], optional=True) for path in COMPILED],
        build_dir="build",
    )
)
