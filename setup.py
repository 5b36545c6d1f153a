"""What costs most of a page is compiled. Where no compiler is at hand, the same is done in Python, in more time."""

from Cython.Build import cythonize
from setuptools import setup

compiled = cythonize(["parsers/*.pyx", "parsers/page/*.pyx"], build_dir="build", quiet=True)
for module in compiled:
    module.optional = True

setup(ext_modules=compiled)
