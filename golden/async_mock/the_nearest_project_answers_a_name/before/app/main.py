import asyncio


async def run_debate(task):
    return task


def batch(i):
    return asyncio.run(run_debate(i))
