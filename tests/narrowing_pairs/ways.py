"""Ways in which an error travels from EXPR to a broad clause: names that end in _ get the name of their way."""


# ---- right_here
def f_():
    try:
        x = EXPR
    except Exception:
        return "handled"


# ---- in_a_function
def g_():
    return EXPR


def f_():
    try:
        g_()
    except Exception:
        return "handled"


# ---- two_calls_away
def g2_():
    x = EXPR
    return x


def g_():
    return g2_()


def f_():
    try:
        return g_()
    except Exception:
        return "handled"


# ---- in_a_nested_function
def f_():
    def g():
        return EXPR

    try:
        return g()
    except Exception:
        return "handled"


# ---- in_a_method
class K_:
    def m(self):
        return EXPR

    def look(self):
        try:
            return self.m()
        except Exception:
            return "handled"


def f_():
    return K_().look()


# ---- in_an_inherited_method
class B_:
    def m(self):
        return EXPR


class K_(B_):
    pass


def f_():
    k = K_()
    try:
        return k.m()
    except Exception:
        return "handled"


# ---- in_an_overriding_method
class B_:
    def m(self):
        return 1


class K_(B_):
    def m(self):
        return EXPR


def h_(b: B_):
    try:
        PRICES["q"] = 1
        PRICES.pop("q")
        return b.m() + PRICES["r"]
    except Exception:
        return "handled"


def f_():
    return h_(K_())


# ---- in_a_property
class K_:
    @property
    def m(self):
        return EXPR


def f_():
    k = K_()
    try:
        return k.m
    except Exception:
        return "handled"


# ---- in_a_constructor
class K_:
    def __init__(self):
        self.x = EXPR


def f_():
    try:
        return K_()
    except Exception:
        return "handled"


# ---- in_a_class_body
def f_():
    try:

        class K:
            x = EXPR

        return K
    except Exception:
        return "handled"


# ---- in_a_generator_that_a_comprehension_reads
def g_():
    yield 0
    yield EXPR


def f_():
    try:
        return [x for x in g_()]
    except Exception:
        return "handled"


# ---- in_a_generator_that_a_loop_reads
def g_():
    x = EXPR
    yield x


def f_():
    try:
        for x in g_():
            pass
    except Exception:
        return "handled"


# ---- in_a_generator_of_a_generator
def g0_():
    yield EXPR


def g_():
    yield from g0_()


def f_():
    try:
        return tuple(g_())
    except Exception:
        return "handled"


# ---- before_the_yield_of_a_manager
@contextlib.contextmanager
def g_():
    x = EXPR
    yield x


def f_():
    try:
        with g_():
            pass
    except Exception:
        return "handled"


# ---- after_the_yield_of_a_manager
@contextlib.contextmanager
def g_():
    yield 1
    x = EXPR


def f_():
    try:
        with g_():
            PRICES["z"] = 1
    except Exception:
        return "handled"


# ---- inside_of_a_manager
@contextlib.contextmanager
def g_():
    yield 1


def f_():
    try:
        with g_():
            x = EXPR
    except Exception:
        return "handled"


# ---- on_leaving_a_manager
class M_:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        x = EXPR


def f_():
    try:
        with M_():
            pass
    except Exception:
        return "handled"


# ---- in_a_decorator
def d_(fn):
    @functools.wraps(fn)
    def w():
        x = EXPR
        return fn()

    return w


@d_
def g_():
    return 1


def f_():
    try:
        return g_()
    except Exception:
        return "handled"


# ---- under_a_decorator
def d_(fn):
    @functools.wraps(fn)
    def w(*a, **k):
        return fn(*a, **k)

    return w


@d_
def g_():
    return EXPR


def f_():
    try:
        return g_()
    except Exception:
        return "handled"


# ---- in_a_coroutine
async def g_():
    return EXPR


async def h_():
    try:
        return await g_()
    except Exception:
        return "handled"


def f_():
    return asyncio.run(h_())


# ---- in_gathered_coroutines
async def g_():
    return EXPR


async def h_():
    try:
        return await asyncio.gather(g_(), g_())
    except Exception:
        return "handled"


def f_():
    return asyncio.run(h_())


# ---- in_a_coroutine_with_a_limit
async def g_():
    return EXPR


async def h_():
    try:
        return await asyncio.wait_for(g_(), 3)
    except Exception:
        return "handled"


def f_():
    return asyncio.run(h_())


# ---- in_an_asynchronous_generator
async def g_():
    yield EXPR


async def h_():
    try:
        async for x in g_():
            pass
    except Exception:
        return "handled"


def f_():
    return asyncio.run(h_())


# ---- in_a_lambda
def f_():
    g = lambda: EXPR
    try:
        return g()
    except Exception:
        return "handled"


# ---- in_a_list_comprehension
def f_():
    try:
        return [EXPR for _ in (1, 2)]
    except Exception:
        return "handled"


# ---- in_a_dict_comprehension
def f_():
    try:
        return {1: EXPR for _ in (1, 2)}
    except Exception:
        return "handled"


# ---- in_the_filter_of_a_comprehension
def f_():
    try:
        return [1 for _ in (1, 2) if EXPR]
    except Exception:
        return "handled"


# ---- in_the_test_of_a_loop
def f_():
    try:
        while EXPR:
            pass
    except Exception:
        return "handled"


# ---- in_a_condition
def f_():
    try:
        if NAMES == [] and EXPR:
            return 1
    except Exception:
        return "handled"


# ---- in_an_assertion
def f_():
    try:
        assert EXPR, "x"
    except Exception:
        return "handled"


# ---- in_a_default
def f_():
    try:

        def g(x=EXPR):
            return x

        return g()
    except Exception:
        return "handled"


# ---- in_an_argument
def g_(*a, **k):
    return 1


def f_():
    try:
        return g_(1, x=EXPR)
    except Exception:
        return "handled"


# ---- raised_again
def g_():
    try:
        return EXPR
    except Exception:
        raise


def f_():
    try:
        return g_()
    except Exception:
        return "handled"


# ---- in_a_handler
def f_():
    try:
        try:
            raise Odd
        except Odd:
            return EXPR
    except Exception:
        return "handled"


# ---- in_an_else
def f_():
    try:
        try:
            PRICES["u"] = 1
        except KeyError:
            pass
        else:
            return EXPR
    except Exception:
        return "handled"


# ---- in_a_finally
def f_():
    try:
        try:
            PRICES["u"] = 1
        finally:
            x = EXPR
    except Exception:
        return "handled"


# ---- past_another_handler
def f_():
    try:
        try:
            return EXPR
        except MemoryError:
            pass
    except Exception:
        return "handled"


# ---- in_the_guard_of_a_case
def f_():
    try:
        match 3:
            case 3 if EXPR:
                return 1
    except Exception:
        return "handled"


# ---- in_the_subject_of_a_match
def f_():
    try:
        match EXPR:
            case _:
                return 1
    except Exception:
        return "handled"


# ---- where_all_is_suppressed
def f_():
    with contextlib.suppress(Exception):
        return EXPR
    return "handled"


# ---- in_a_partial
def g_(a):
    return EXPR


def f_():
    h = functools.partial(g_, 1)
    try:
        return h()
    except Exception:
        return "handled"


# ---- in_the_key_of_an_order
def g_(a):
    return EXPR


def f_():
    try:
        return max([1, 2], key=g_)
    except Exception:
        return "handled"


# ---- in_a_cached_property
class K_:
    @functools.cached_property
    def m(self):
        return EXPR


def f_():
    k = K_()
    try:
        return k.m
    except Exception:
        return "handled"


# ---- in_an_instance_that_is_called
class K_:
    def __call__(self):
        return EXPR


def f_():
    k = K_()
    try:
        return k()
    except Exception:
        return "handled"


# ---- in_getattr
class K_:
    def __getattr__(self, n):
        return EXPR


def f_():
    k = K_()
    try:
        return k.zzz
    except Exception:
        return "handled"


# ---- in_a_method_kept_as_an_attribute
class K_:
    def __init__(self):
        self.g = self.m

    def m(self):
        return EXPR


def f_():
    k = K_()
    try:
        return k.g()
    except Exception:
        return "handled"


# ---- in_the_method_of_a_parent
class B_:
    def m(self):
        return EXPR


class K_(B_):
    def m(self):
        return super().m()


def f_():
    k = K_()
    try:
        return k.m()
    except Exception:
        return "handled"


# ---- in_the_constructor_of_a_parent
class B_:
    def __init__(self):
        self.x = EXPR


class K_(B_):
    def __init__(self):
        super().__init__()


def f_():
    try:
        return K_()
    except Exception:
        return "handled"


# ---- under_another_name
def g0_():
    return EXPR


g_ = g0_


def f_():
    try:
        return g_()
    except Exception:
        return "handled"


# ---- in_a_recursion
def g_(n):
    return EXPR if n == 0 else g_(n - 1)


def f_():
    try:
        return g_(3)
    except Exception:
        return "handled"


# ---- in_a_class_method
class K_:
    @classmethod
    def m(cls):
        return EXPR


def f_():
    try:
        return K_.m()
    except Exception:
        return "handled"


# ---- in_an_augmented_assignment
def f_():
    x = 0
    try:
        x += EXPR
    except Exception:
        return "handled"


# ---- in_the_index_of_an_assignment
def f_():
    try:
        PRICES[EXPR] = 1
    except Exception:
        return "handled"


# ---- in_the_index_of_a_deletion
def f_():
    try:
        del PRICES[EXPR]
    except Exception:
        return "handled"


# ---- in_what_a_loop_reads
def f_():
    try:
        for x in [EXPR]:
            pass
    except Exception:
        return "handled"


# ---- in_an_unpacked_tuple
def f_():
    try:
        a, b = EXPR, 1
    except Exception:
        return "handled"


# ---- in_what_is_printed
def f_():
    try:
        print("a", EXPR)
    except Exception:
        return "handled"


# ---- in_a_function_that_is_returned
def mk_():
    def g():
        return EXPR

    return g


def f_():
    try:
        return mk_()()
    except Exception:
        return "handled"


# ---- in_a_task
async def g_():
    return EXPR


async def h_():
    t = asyncio.create_task(g_())
    try:
        await asyncio.sleep(0)
        return await t
    except Exception:
        return "handled"


def f_():
    return asyncio.run(h_())
