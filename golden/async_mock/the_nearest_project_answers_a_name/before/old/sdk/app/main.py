def run_debate(task):
    return task
